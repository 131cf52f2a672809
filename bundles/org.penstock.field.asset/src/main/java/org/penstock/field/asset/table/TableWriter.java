package org.penstock.field.asset.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.penstock.api.tags.TableFormat;

/** Writes a table row by row; closing ends the table and leaves the stream open. */
public interface TableWriter extends Closeable {

  /** Writes the next row. */
  void row(List<String> cells) throws IOException;

  /** A writer of that format. */
  static TableWriter to(OutputStream out, TableFormat format) {
    return format == TableFormat.CSV ? new CsvWriter(out) : new XlsxTable.Writer(out);
  }
}

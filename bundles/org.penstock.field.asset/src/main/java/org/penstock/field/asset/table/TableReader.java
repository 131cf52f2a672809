package org.penstock.field.asset.table;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.penstock.api.tags.TableFormat;

/** Reads tables row by row. */
public final class TableReader {

  private TableReader() {}

  /**
   * Gives each row in turn, blank ones too.
   *
   * @throws IOException when this is no table of that format
   */
  public static void read(InputStream table, TableFormat format, Consumer<TableRow> rows)
      throws IOException {
    switch (format) {
      case CSV -> CsvReader.read(table, rows);
      case XLSX -> XlsxTable.read(table, rows);
    }
  }
}

package org.penstock.field.asset.table;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/** Workbooks of Office Open XML; the only class that knows the library. */
final class XlsxTable {

  private static final int ROWS_HELD = 1000;

  private XlsxTable() {}

  /** Reads the first sheet. */
  static void read(InputStream table, Consumer<TableRow> rows) throws IOException {
    try (ReadableWorkbook book = new ReadableWorkbook(table);
        Stream<Row> all = book.getFirstSheet().openStream()) {
      all.forEach(row -> rows.accept(row(row)));
    } catch (ExcelReaderException | IOException damaged) {
      String why = damaged.getMessage();
      throw new IOException(
          "this is no workbook that can be read: "
              + (why != null && why.contains("entity") ? "entities are not allowed: " + why : why),
          damaged);
    }
  }

  private static TableRow row(Row row) {
    List<String> cells = new ArrayList<>(row.getCellCount());
    for (int i = 0; i < row.getCellCount(); i++) {
      cells.add(row.getOptionalCell(i).map(XlsxTable::text).orElse(""));
    }
    return new TableRow(row.getRowNum(), cells);
  }

  private static String text(Cell cell) {
    if (cell.getType() == CellType.NUMBER) {
      BigDecimal number = cell.asNumber();
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
    if (cell.getType() == CellType.BOOLEAN) {
      return cell.asBoolean().toString().toLowerCase(Locale.ROOT);
    }
    String text = cell.getText();
    return text == null ? "" : text.strip();
  }

  /** Writes one sheet, all cells as text, so that no spreadsheet makes dates of addresses. */
  static final class Writer implements TableWriter {

    private final Workbook book;
    private final Worksheet sheet;
    private int next;

    Writer(OutputStream out) {
      book = new Workbook(new Unclosed(out), "Penstock", "1.0");
      sheet = book.newWorksheet("channels");
    }

    @Override
    public void row(List<String> cells) throws IOException {
      for (int i = 0; i < cells.size(); i++) {
        if (!cells.get(i).isEmpty()) {
          sheet.inlineString(next, i, cells.get(i));
        }
      }
      next++;
      if (next % ROWS_HELD == 0) {
        sheet.flush();
      }
    }

    @Override
    public void close() throws IOException {
      book.finish();
    }
  }

  /** Leaves the stream below open. */
  private static final class Unclosed extends FilterOutputStream {

    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}

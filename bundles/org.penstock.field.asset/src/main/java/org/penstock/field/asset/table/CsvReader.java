package org.penstock.field.asset.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads RFC 4180, and what spreadsheets make of it: a mark of byte order, semicolons or tabs instead
 * of commas (what the header has most of), line ends of any kind. White space around unquoted cells
 * is dropped.
 */
final class CsvReader {

  private static final int END = -1;
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int HEADER_LIMIT = 1 << 16;

  private final Reader in;
  private final int separator;
  private int row;
  private int next;

  private CsvReader(Reader in, int separator) throws IOException {
    this.in = in;
    this.separator = separator;
    this.next = in.read();
  }

  static void read(InputStream table, Consumer<TableRow> rows) throws IOException {
    Reader text =
        new BufferedReader(
            new InputStreamReader(
                table,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
            HEADER_LIMIT);
    CsvReader reader = null;
    try {
      text.mark(1);
      if (text.read() != BYTE_ORDER_MARK) {
        text.reset();
      }
      reader = new CsvReader(text, separator(text));
      while (reader.next != END) {
        rows.accept(reader.row());
      }
    } catch (CharacterCodingException notUtf8) {
      throw new IOException(
          "row " + (reader == null ? 1 : reader.row) + " is not UTF-8; save the table as UTF-8",
          notUtf8);
    }
  }

  /** What the first line has most of, outside of quotes. */
  private static int separator(Reader text) throws IOException {
    text.mark(HEADER_LIMIT);
    int[] counts = new int[128];
    boolean quoted = false;
    int read = 0;
    for (int c = text.read(); c != END && ++read < HEADER_LIMIT; c = text.read()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '\n' || c == '\r')) {
        break;
      } else if (!quoted && c < counts.length) {
        counts[c]++;
      }
    }
    text.reset();
    int best = counts[';'] > counts[','] ? ';' : ',';
    return counts['\t'] > counts[best] ? '\t' : best;
  }

  private TableRow row() throws IOException {
    row++;
    List<String> cells = new ArrayList<>();
    cells.add(cell());
    while (next == separator) {
      next = in.read();
      cells.add(cell());
    }
    if (next == '\r') {
      next = in.read();
    }
    if (next == '\n') {
      next = in.read();
    }
    return new TableRow(row, cells);
  }

  private String cell() throws IOException {
    while (next == ' ') {
      next = in.read();
    }
    if (next == '"') {
      return quotedCell();
    }
    StringBuilder text = new StringBuilder();
    while (next != separator && next != '\n' && next != '\r' && next != END) {
      text.append((char) next);
      next = in.read();
    }
    return text.toString().strip();
  }

  private String quotedCell() throws IOException {
    StringBuilder text = new StringBuilder();
    next = in.read();
    while (true) {
      if (next == END) {
        throw new IOException("row " + row + ": a quotation mark is not closed");
      }
      if (next == '"') {
        next = in.read();
        if (next != '"') {
          break;
        }
      }
      text.append((char) next);
      next = in.read();
    }
    while (next == ' ') {
      next = in.read();
    }
    if (next != separator && next != '\n' && next != '\r' && next != END) {
      throw new IOException("row " + row + ": text follows a closing quotation mark");
    }
    return text.toString();
  }
}

package org.eclipse.kura.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.osgi.framework.Version;

/** The table of the interface ({@code api.tsv}), read for the rows of some origins. */
public final class InterfaceTable {

  private static final String FILE = "/api.tsv";
  private static final int COLUMNS = 13;
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Map<String, Version> versions = new TreeMap<>();

  private InterfaceTable() {}

  /** Reads the rows of these origins; a later row replaces an earlier one for the same member. */
  public static InterfaceTable read(Set<String> origins) {
    InterfaceTable table = new InterfaceTable();
    for (String line : lines(InterfaceTable.class.getResourceAsStream(FILE))) {
      String[] cells = line.split("\t", -1);
      if (cells.length != COLUMNS) {
        throw new IllegalStateException(FILE + " has a row of " + cells.length + " cells: " + line);
      }
      if (origins.contains(cells[12])) {
        table.add(cells);
      }
    }
    return table;
  }

  private void add(String... cells) {
    Row row =
        new Row(
            cells[0], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7], cells[8],
            cells[9], cells[10], cells[11]);
    rows.put(row.key(), row.sorted());
    versions.merge(row.packageName(), highest(cells[1]), (a, b) -> a.compareTo(b) > 0 ? a : b);
  }

  /** The highest numeric version of a cell such as {@code 1.1.0..1.2.0} or {@code 1.2.0+}. */
  private static Version highest(String cell) {
    return VERSION
        .matcher(cell)
        .results()
        .map(MatchResult::group)
        .map(Version::parseVersion)
        .max(Version::compareTo)
        .orElseThrow();
  }

  /** The rows by key. */
  public Map<String, Row> rows() {
    return new HashMap<>(rows);
  }

  /** The highest numeric version of each package. */
  public Map<String, Version> versions() {
    return new TreeMap<>(versions);
  }

  /** The lines of a resource that are neither empty nor a comment nor the heading. */
  static List<String> lines(InputStream resource) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(l -> !l.isBlank() && !l.startsWith("#") && !l.startsWith("package\t"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

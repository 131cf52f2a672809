package org.penstock.acceptance.rest;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One line of {@code contract.tsv}; see its head. */
record ContractRow(
    String method, String path, String status, String url, String body, String who, String kept) {

  private static final String NONE = "-";

  static List<ContractRow> all() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                ContractRow.class.getResourceAsStream("contract.tsv"), StandardCharsets.UTF_8))) {
      return lines.lines().filter(l -> !l.startsWith("#")).map(ContractRow::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ContractRow of(String line) {
    String[] cells = line.split("\t");
    if (cells.length != 7) {
      throw new AssertionError("contract.tsv: seven cells are wanted: " + line);
    }
    return new ContractRow(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]);
  }

  String operation() {
    return method + " " + path;
  }

  boolean hasBody() {
    return !body.equals(NONE);
  }

  boolean keeps() {
    return !kept.equals(NONE);
  }

  String url(Map<String, String> known) {
    return filled(url.equals(NONE) ? path : url, known, false);
  }

  String body(Map<String, String> known) {
    return body.startsWith("{") ? filled(body, known, true) : body.replace("\\n", "\n");
  }

  private static String filled(String text, Map<String, String> known, boolean inJson) {
    String filled = text;
    for (Map.Entry<String, String> one : known.entrySet()) {
      String quoted = new Gson().toJson(one.getValue());
      String value = inJson ? quoted.substring(1, quoted.length() - 1) : one.getValue();
      filled = filled.replace("{{" + one.getKey() + "}}", value);
    }
    return filled;
  }
}

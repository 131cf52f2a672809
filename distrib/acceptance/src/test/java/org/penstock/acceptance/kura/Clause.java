package org.penstock.acceptance.kura;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One clause of a header.
 *
 * @param name of the package or capability
 * @param parameters attributes and directives, without the colon
 */
record Clause(String name, Map<String, String> parameters) {

  /** All clauses of a header, which may be null. */
  static List<Clause> parse(String header) {
    List<Clause> clauses = new ArrayList<>();
    for (String text : split(header == null ? "" : header, ',')) {
      List<String> parts = split(text, ';');
      Map<String, String> parameters = new HashMap<>();
      for (String part : parts.subList(1, parts.size())) {
        int at = part.indexOf('=');
        String key = part.substring(0, at).strip();
        parameters.put(
            key.endsWith(":") ? key.substring(0, key.length() - 1) : key,
            part.substring(at + 1).strip().replaceAll("^\"|\"$", ""));
      }
      clauses.add(new Clause(parts.get(0).strip(), parameters));
    }
    return clauses;
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      quoted ^= text.charAt(i) == '"';
      if (!quoted && text.charAt(i) == separator) {
        parts.add(text.substring(begin, i));
        begin = i + 1;
      }
    }
    if (begin < text.length()) {
      parts.add(text.substring(begin));
    }
    return parts;
  }

  /** An attribute or directive, or null. */
  String get(String key) {
    return parameters.get(key);
  }
}

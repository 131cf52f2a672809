package org.penstock.core.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.OCD;

/** The default values of a definition. */
final class Defaults {

  private Defaults() {}

  /** Values by key; passwords in clear text. Defaults that don't fit their type are left out. */
  static Map<String, Object> of(OCD definition) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (AD attribute : definition.getAD()) {
      Object value = of(attribute);
      if (value != null) {
        values.put(attribute.getId(), value);
      }
    }
    return values;
  }

  /** A boxed object, an array of them, or null when there is no (fitting) default. */
  static Object of(AD attribute) {
    String text = attribute.getDefault();
    if (text == null || text.isEmpty() || attribute.getType() == null) {
      return null;
    }
    ValueType type = ValueType.of(attribute.getType());
    try {
      if (isSingle(attribute)) {
        String whole = isText(type) ? String.join(",", split(text)) : split(text).get(0);
        return type.parse(whole);
      }
      List<Object> values = new ArrayList<>();
      for (String token : split(text)) {
        values.add(type.parse(token));
      }
      return type.array(values);
    } catch (IllegalArgumentException e) {
      return null; // the definition's author's mistake: as if there were none
    }
  }

  /** Cardinality 0, 1 and -1 mean one object, all others an array. */
  static boolean isSingle(AD attribute) {
    return Math.abs(attribute.getCardinality()) <= 1;
  }

  private static boolean isText(ValueType type) {
    return type == ValueType.STRING || type == ValueType.PASSWORD || type == ValueType.CHAR;
  }

  /**
   * Splits at commas; a backslash takes the next character as it is; white space around tokens is
   * dropped unless escaped.
   */
  static List<String> split(String text) {
    List<String> tokens = new ArrayList<>();
    StringBuilder token = new StringBuilder();
    int keep = 0; // length up to which trailing white space was escaped or followed by text
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        token.append(text.charAt(++i));
        keep = token.length();
      } else if (c == ',') {
        tokens.add(token.substring(0, keep));
        token.setLength(0);
        keep = 0;
      } else if (!Character.isWhitespace(c)) {
        token.append(c);
        keep = token.length();
      } else if (token.length() > 0) {
        token.append(c);
      }
    }
    tokens.add(token.substring(0, keep));
    return tokens;
  }
}

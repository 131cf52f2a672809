package org.eclipse.kura.core.configuration.util;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Lists of values in one text, as in a metatype's default: commas between them, a backslash before a special character. */
public class StringUtil {

  private StringUtil() {}

  /** The values of the list, null of null; spaces around a value are dropped unless escaped. */
  public static String[] splitValues(String values) {
    if (values == null) {
      return null;
    }
    List<String> result = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    int kept = 0;
    for (int i = 0; i < values.length(); i++) {
      char c = values.charAt(i);
      if (c == '\\' && i + 1 < values.length()) {
        value.append(values.charAt(++i));
        kept = value.length();
      } else if (c == ',') {
        value.setLength(kept);
        result.add(value.toString());
        value.setLength(0);
        kept = 0;
      } else if (!Character.isWhitespace(c)) {
        value.append(c);
        kept = value.length();
      } else if (value.length() > 0) {
        value.append(c);
      }
    }
    value.setLength(kept);
    result.add(value.toString());
    return result.toArray(new String[0]);
  }

  /** The value, or the values of an array as a list, as text; null of null. */
  public static String valueToString(Object value) {
    if (value == null) {
      return null;
    }
    if (!value.getClass().isArray()) {
      return value.toString();
    }
    StringJoiner list = new StringJoiner(",");
    for (int i = 0; i < Array.getLength(value); i++) {
      Object element = Array.get(value, i);
      if (element != null) {
        list.add(escapeString(element.toString()));
      }
    }
    return list.toString();
  }

  public static String escapeString(String text) {
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(" ", "\\ ");
  }

  public static String unescapeString(String text) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && i + 1 < text.length()) {
        i++;
      }
      result.append(text.charAt(i));
    }
    return result.toString();
  }
}

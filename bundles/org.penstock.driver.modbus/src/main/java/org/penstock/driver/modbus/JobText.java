package org.penstock.driver.modbus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Results of jobs as JSON: maps, lists, numbers, booleans, texts. */
final class JobText {

  private JobText() {}

  static String json(Object value) {
    StringBuilder out = new StringBuilder();
    write(out, value);
    return out.toString();
  }

  private static void write(StringBuilder out, Object value) {
    if (value instanceof Map<?, ?> map) {
      List<String> parts = new ArrayList<>();
      map.forEach((key, each) -> parts.add(quoted(key.toString()) + ":" + json(each)));
      out.append('{').append(String.join(",", parts)).append('}');
    } else if (value instanceof List<?> list) {
      out.append('[')
          .append(String.join(",", list.stream().map(JobText::json).toList()))
          .append(']');
    } else if (value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      out.append(quoted(String.valueOf(value)));
    }
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}

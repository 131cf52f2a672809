package org.penstock.flow.wires;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** How many ports a kind of component has on one side, and their names. */
record PortLimits(int least, int most, int usual, Map<Integer, String> names) {

  private static final Pattern RESERVED = Pattern.compile("(in|out)\\d+");

  /**
   * Reads what a component declares.
   *
   * @param side input or output
   * @param any whether it has one port when it declares nothing
   */
  static PortLimits of(Map<String, ?> declared, String side, boolean any) {
    int one = any ? 1 : 0;
    int least = number(declared.get(side + ".cardinality.minimum"), one);
    int most = number(declared.get(side + ".cardinality.maximum"), Math.max(one, least));
    int usual = number(declared.get(side + ".cardinality.default"), Math.max(one, least));
    return new PortLimits(
        least, most, usual, names(declared.get(side + ".port.names"), Math.max(most, usual)));
  }

  private static int number(Object declared, int otherwise) {
    return declared instanceof Integer number && number >= 0 ? number : otherwise;
  }

  private static Map<Integer, String> names(Object declared, int ports) {
    String text =
        declared instanceof String[] lines ? String.join("\n", lines) : String.valueOf(declared);
    Properties read = new Properties();
    try {
      read.load(new StringReader(declared == null ? "" : text));
    } catch (IOException | IllegalArgumentException unreadable) {
      return Map.of(); // names are for the eye only
    }
    Map<Integer, String> names = new TreeMap<>();
    read.forEach(
        (port, name) -> {
          if (port.toString().matches("\\d{1,4}")
              && Integer.parseInt(port.toString()) < ports
              && !RESERVED.matcher(name.toString()).matches()) {
            names.put(Integer.valueOf(port.toString()), name.toString());
          }
        });
    return names;
  }
}

package org.penstock.driver.modbus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.driver.modbus.codec.Table;

/**
 * Zero-based addresses that are never read along, because the unit would misbehave.
 *
 * @param unit id; empty for all
 * @param table in which they lie
 * @param from first
 * @param to last
 */
record Forbidden(Optional<Integer> unit, Table table, int from, int to) {

  private static final Pattern RANGE =
      Pattern.compile("(?:(\\d{1,3})/)?([A-Za-z_]+)/(\\d{1,5})(?:-(\\d{1,5}))?");

  /**
   * Ranges as configured, with commas between: {@code [unit/]TABLE/from[-to]}.
   *
   * @throws DriverException of kind CONFIGURATION that names the part that is wrong
   */
  static List<Forbidden> parse(String text) throws DriverException {
    List<Forbidden> all = new ArrayList<>();
    for (String part : text.split(",")) {
      if (!part.isBlank()) {
        all.add(one(part.strip()));
      }
    }
    return all;
  }

  private static Forbidden one(String part) throws DriverException {
    Matcher range = RANGE.matcher(part);
    if (range.matches()) {
      for (Table table : Table.values()) {
        if (table.name().equalsIgnoreCase(range.group(2))) {
          int from = Integer.parseInt(range.group(3));
          int to = range.group(4) == null ? from : Integer.parseInt(range.group(4));
          return new Forbidden(
              Optional.ofNullable(range.group(1)).map(Integer::valueOf), table, from, to);
        }
      }
    }
    throw new DriverException(
        ErrorKind.CONFIGURATION,
        "property forbidden.ranges",
        "has '"
            + part
            + "', must be [unit/]TABLE/from[-to], for example HOLDING_REGISTERS/100-110");
  }

  boolean concerns(Place place) {
    return table == place.table() && unit.map(id -> id == place.unit()).orElse(true);
  }

  /** Lies, at least in part, between the two addresses. */
  boolean within(int start, int end) {
    return from < end && to >= start;
  }
}

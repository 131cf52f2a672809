package org.penstock.driver.lorawan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.penstock.driver.lorawan.codec.Eui;

/**
 * A list of devices as other network servers write it: CSV with the columns of The Things Stack's import
 * (semicolons) or of ChirpStack's exports (commas), in any order; columns that are not known are left out.
 * Pure.
 */
final class DeviceTable {

  private static final int MOST_ROWS = 100_000;
  private static final String ZERO_KEY = "00000000000000000000000000000000";

  /** What each fact is called, by whoever calls it so. */
  private static final Map<String, List<String>> COLUMNS =
      Map.of(
          "dev_eui", List.of("dev_eui", "deveui", "device_eui"),
          "join_eui", List.of("join_eui", "joineui", "app_eui"),
          "name", List.of("name", "device_name", "id"),
          "app_key", List.of("app_key", "appkey", "root_keys.app_key.key"),
          "nwk_key", List.of("nwk_key", "nwkkey", "root_keys.nwk_key.key"),
          "dev_addr", List.of("dev_addr", "devaddr", "session.dev_addr"),
          "app_s_key", List.of("app_s_key", "appskey", "session.keys.app_s_key.key"),
          "nwk_s_key",
              List.of(
                  "nwk_s_key",
                  "nwkskey",
                  "nwk_s_enc_key",
                  "f_nwk_s_int_key",
                  "session.keys.f_nwk_s_int_key.key"),
          "version", List.of("lorawan_version", "mac_version"),
          "class_c", List.of("supports_class_c", "class_c"));

  private DeviceTable() {}

  /**
   * What a row is wrong in.
   *
   * @param row of the text, its first being 1
   * @param column as the text calls it, or empty
   */
  record Fault(int row, String column, String message) {}

  /**
   * A device, as the driver's configuration writes it.
   *
   * @param line of {@code devices}
   * @param secret line of {@code keys}
   */
  record Row(int row, Eui devEui, String line, String secret) {}

  /** All of a text. */
  record Content(List<Row> rows, List<Fault> faults) {}

  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final String fact;

    Refused(String fact, String message) {
      super(message);
      this.fact = fact;
    }
  }

  /**
   * Reads it; a wrong row is told and left out.
   *
   * @param codec that all of them get
   */
  static Content parse(String text, String codec) {
    List<Row> rows = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    List<String> lines = text.replace("\uFEFF", "").lines().toList();
    if (lines.isEmpty() || lines.get(0).isBlank()) {
      return new Content(
          List.of(), List.of(new Fault(1, "", "the line with the columns is missing")));
    }
    char separator = separator(lines.get(0));
    Map<String, Integer> places = places(cells(lines.get(0), separator));
    if (!places.containsKey("dev_eui")) {
      return new Content(List.of(), List.of(new Fault(1, "dev_eui", "there is no column dev_eui")));
    }
    Map<Eui, Integer> seen = new HashMap<>();
    for (int i = 1; i < lines.size() && i <= MOST_ROWS; i++) {
      if (!lines.get(i).isBlank()) {
        try {
          Row row = row(i + 1, facts(places, cells(lines.get(i), separator)), codec);
          Integer before = seen.putIfAbsent(row.devEui(), row.row());
          if (before != null) {
            throw new Refused("dev_eui", row.devEui() + " stands in row " + before + " already");
          }
          rows.add(row);
        } catch (Refused wrong) {
          faults.add(new Fault(i + 1, wrong.fact, wrong.getMessage()));
        }
      }
    }
    if (lines.size() > MOST_ROWS + 1) {
      faults.add(new Fault(MOST_ROWS + 2, "", "more than " + MOST_ROWS + " rows"));
    }
    return new Content(rows, faults);
  }

  private static char separator(String head) {
    for (char each : new char[] {';', '\t'}) {
      if (head.indexOf(each) >= 0) {
        return each;
      }
    }
    return ',';
  }

  /** Cells of a line; quotes may stand around one, and doubled within it (RFC 4180). */
  private static List<String> cells(String line, char separator) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }

  private static Map<String, Integer> places(List<String> head) {
    Map<String, Integer> places = new LinkedHashMap<>();
    COLUMNS.forEach(
        (fact, names) -> {
          for (String name : names) {
            for (int i = 0; i < head.size(); i++) {
              if (head.get(i).toLowerCase(Locale.ROOT).equals(name)) {
                places.putIfAbsent(fact, i);
              }
            }
          }
        });
    return places;
  }

  private static Map<String, String> facts(Map<String, Integer> places, List<String> cells)
      throws Refused {
    Map<String, String> facts = new HashMap<>();
    for (Map.Entry<String, Integer> place : places.entrySet()) {
      if (place.getValue() < cells.size() && !cells.get(place.getValue()).isEmpty()) {
        facts.put(place.getKey(), cells.get(place.getValue()));
      }
    }
    if (!facts.containsKey("dev_eui")) {
      throw new Refused("dev_eui", "is missing");
    }
    return facts;
  }

  private static Row row(int number, Map<String, String> facts, String codec) throws Refused {
    Eui devEui = eui(facts, "dev_eui");
    String version = facts.getOrDefault("version", "");
    if (version.replace('_', '.').matches(".*1\\.1(\\D.*)?") && !version.matches(".*1[._]0.*")) {
      throw new Refused("version", version + " is not served, only LoRaWAN 1.0.x");
    }
    String name = facts.getOrDefault("name", devEui.toString()).replaceAll("[\\s;#]+", "_");
    StringBuilder line = new StringBuilder().append(devEui).append(' ').append(name);
    String secret;
    if (facts.containsKey("dev_addr")) {
      String address = facts.get("dev_addr").toLowerCase(Locale.ROOT);
      if (!address.matches("[0-9a-f]{8}")) {
        throw new Refused("dev_addr", "'" + address + "' is no DevAddr of 8 hexadecimal digits");
      }
      line.append(" abp=").append(address);
      secret = key(facts, "nwk_s_key") + ' ' + key(facts, "app_s_key");
    } else {
      if (facts.containsKey("join_eui")) {
        line.append(" join=").append(eui(facts, "join_eui"));
      }
      // ChirpStack 4 keeps the AppKey of LoRaWAN 1.0.x as nwk_key, beside an app_key of zeros
      boolean isOther =
          ZERO_KEY.equals(facts.getOrDefault("app_key", ZERO_KEY)) && facts.containsKey("nwk_key");
      secret = key(facts, isOther ? "nwk_key" : "app_key");
    }
    if (facts.getOrDefault("class_c", "").toLowerCase(Locale.ROOT).matches("true|1|yes")) {
      line.append(" class=C");
    }
    if (!codec.isEmpty()) {
      line.append(" codec=").append(codec);
    }
    return new Row(number, devEui, line.toString(), devEui + " " + secret);
  }

  private static Eui eui(Map<String, String> facts, String fact) throws Refused {
    try {
      return Eui.parse(facts.get(fact));
    } catch (IllegalArgumentException wrong) {
      throw new Refused(fact, wrong.getMessage());
    }
  }

  /** A key; the text of a wrong one is not repeated. */
  private static String key(Map<String, String> facts, String fact) throws Refused {
    String text = facts.getOrDefault(fact, "").replaceAll("[\\s:-]", "");
    if (text.length() != 2 * 16 || !text.chars().allMatch(HexFormat::isHexDigit)) {
      throw new Refused(fact, text.isEmpty() ? "is missing" : "must have 32 hexadecimal digits");
    }
    return text.toLowerCase(Locale.ROOT);
  }
}

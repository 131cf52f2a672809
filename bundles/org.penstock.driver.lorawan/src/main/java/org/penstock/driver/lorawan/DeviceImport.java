package org.penstock.driver.lorawan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.Password;
import org.penstock.driver.lorawan.codec.Eui;

/**
 * A configuration's devices with those of a table among them. Pure.
 *
 * @param devices as in the configuration
 * @param keys as in the configuration, in clear
 */
record DeviceImport(String devices, String keys, int added, int changed, int unchanged) {

  /** Merges; a device that is there already becomes as the table says, in its place. */
  static DeviceImport of(String devices, String keys, List<DeviceTable.Row> rows) {
    Map<Object, String> lines = lines(devices);
    Map<Object, String> secrets = lines(keys);
    int added = 0;
    int changed = 0;
    for (DeviceTable.Row row : rows) {
      String line = lines.put(row.devEui(), row.line());
      String secret = secrets.put(row.devEui(), row.secret());
      if (line == null) {
        added++;
      } else if (!line.equals(row.line()) || !row.secret().equals(secret)) {
        changed++;
      }
    }
    return new DeviceImport(
        String.join("\n", lines.values()),
        String.join("\n", secrets.values()),
        added,
        changed,
        rows.size() - added - changed);
  }

  /** By DevEUI; comments and what is wrong keep their places, too. */
  private static Map<Object, String> lines(String text) {
    Map<Object, String> lines = new LinkedHashMap<>();
    List<String> all = new ArrayList<>(List.of(text.split("[\\r\\n;]+")));
    for (int i = 0; i < all.size(); i++) {
      String line = all.get(i).strip();
      if (!line.isEmpty()) {
        lines.put(key(line, i), line);
      }
    }
    return lines;
  }

  private static Object key(String line, int place) {
    try {
      return Eui.parse(line.split("\\s+")[0]);
    } catch (IllegalArgumentException comment) {
      return place;
    }
  }

  /** For the configuration service. */
  Map<String, Object> properties() {
    return Map.of("devices", devices, "keys", new Password(keys));
  }
}

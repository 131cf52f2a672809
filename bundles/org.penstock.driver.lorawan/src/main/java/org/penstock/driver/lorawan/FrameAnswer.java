package org.penstock.driver.lorawan;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.codec.Reception;
import org.penstock.driver.lorawan.server.DeviceConfig;
import org.penstock.driver.lorawan.server.FrameLog;
import org.penstock.driver.lorawan.server.Uplink;

/**
 * A frame as REST shows it: an uplink decoded, anything else in words only.
 *
 * @param number counts all since the driver's start
 * @param text {@code up}, or what happened
 * @param data in hexadecimal digits
 * @param values as decoded, by name
 * @param problem why nothing was decoded, or empty
 */
record FrameAnswer(
    long number,
    String at,
    String devEui,
    String name,
    String text,
    Long frameCounter,
    Integer port,
    Integer dataRate,
    Double rssi,
    Double snr,
    String gateway,
    Integer gateways,
    String data,
    Map<String, String> values,
    String problem) {

  /**
   * Some of them, the oldest first; {@code last} is what to ask after next, and less than before when the driver has
   * started anew.
   */
  record Log(long last, List<FrameAnswer> frames) {}

  static Log log(FrameLog.Part part, Map<Eui, DeviceConfig> devices) {
    return new Log(part.last(), part.entries().stream().map(e -> of(e, devices)).toList());
  }

  private static FrameAnswer of(FrameLog.Entry entry, Map<Eui, DeviceConfig> devices) {
    Uplink up = entry.uplink();
    Reception best = up == null ? null : up.heard().get(0).reception();
    DeviceConfig device = devices.get(entry.device());
    return new FrameAnswer(
        entry.number(),
        Instant.ofEpochMilli(entry.at()).toString(),
        entry.device().toString(),
        device == null ? "" : device.name(),
        entry.text(),
        up == null ? null : up.counter(),
        up == null ? null : up.port(),
        up == null ? null : up.rate(),
        best == null ? null : best.rssi(),
        best == null ? null : best.snr(),
        up == null ? null : up.heard().get(0).gateway().toString(),
        up == null ? null : up.heard().size(),
        up == null ? null : HexFormat.of().formatHex(up.bytes()),
        entry.values(),
        entry.problem());
  }
}

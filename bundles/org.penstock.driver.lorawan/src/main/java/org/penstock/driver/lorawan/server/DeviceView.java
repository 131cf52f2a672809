package org.penstock.driver.lorawan.server;

import java.util.List;

/**
 * What there is to see of a device.
 *
 * @param joined it has a session
 * @param last its last data, or null
 * @param battery 0 external power, 1 to 254 of 254, 255 unknown
 * @param margin as it told last, dB
 * @param rate data rate of its last frame
 * @param power TXPower as far as known
 * @param queued what waits for it, the next first
 * @param log its last frames, the newest last
 */
public record DeviceView(
    boolean joined,
    Uplink last,
    int battery,
    int margin,
    int rate,
    int power,
    List<Downlink> queued,
    List<String> log) {

  static DeviceView of(Device device) {
    Device.Radio radio = device.radio();
    return new DeviceView(
        device.keys() != null,
        device.last(),
        radio.battery(),
        radio.margin(),
        radio.rate(),
        radio.power(),
        device.waiting(),
        device.log());
  }
}

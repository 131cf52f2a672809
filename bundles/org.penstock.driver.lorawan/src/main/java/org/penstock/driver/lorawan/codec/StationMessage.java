package org.penstock.driver.lorawan.codec;

import java.util.Arrays;

/** What a Basics Station says to its network server (LNS protocol, "The LNS Protocol"). */
public sealed interface StationMessage {

  /** It introduces itself and waits for its configuration. */
  record Version(String station, String model, int protocol) implements StationMessage {}

  /**
   * It has heard a frame.
   *
   * @param bytes the PHYPayload, put together again
   * @param rate data rate of the region
   * @param hertz centre frequency
   * @param time to be given back with an answer
   * @param rssi dBm
   * @param snr dB
   */
  record Frame(byte[] bytes, int rate, int hertz, StationTime time, double rssi, double snr)
      implements StationMessage {

    @Override
    public boolean equals(Object other) {
      return other instanceof Frame that
          && Arrays.equals(bytes, that.bytes)
          && rate == that.rate
          && hertz == that.hertz
          && time.equals(that.time)
          && rssi == that.rssi
          && snr == that.snr;
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  /**
   * It has sent a frame.
   *
   * @param id of the order
   * @param hertz where, 0 when it does not say
   */
  record Sent(long id, int hertz) implements StationMessage {}

  /** It asks what time it is; its own is given back. */
  record TimeSync(long micros) implements StationMessage {}

  /** Nothing that the server must know of. */
  record Other(String type) implements StationMessage {}
}

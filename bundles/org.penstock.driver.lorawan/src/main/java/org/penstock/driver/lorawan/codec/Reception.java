package org.penstock.driver.lorawan.codec;

import java.util.Arrays;

/**
 * One frame as one gateway heard it.
 *
 * @param micros the gateway's own clock at the end of the frame, 0 to 2^32-1
 * @param hertz centre frequency
 * @param rssi dBm
 * @param snr dB
 * @param bytes the PHYPayload
 */
public record Reception(
    long micros, int hertz, Modulation modulation, double rssi, double snr, byte[] bytes) {

  @Override
  public boolean equals(Object other) {
    return other instanceof Reception that
        && micros == that.micros
        && hertz == that.hertz
        && modulation.equals(that.modulation)
        && rssi == that.rssi
        && snr == that.snr
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return (int) micros;
  }
}

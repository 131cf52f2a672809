package org.penstock.driver.lorawan.codec;

import java.util.Arrays;

/**
 * One frame that a gateway is to send.
 *
 * @param micros the gateway's own clock, 0 to 2^32-1; -1 for at once
 * @param hertz centre frequency
 * @param dbm radiated power
 * @param bytes the PHYPayload
 */
public record Transmission(long micros, int hertz, Modulation modulation, int dbm, byte[] bytes) {

  /** Instead of a time: at once. */
  public static final long AT_ONCE = -1;

  private static final long CLOCK = 1L << 32;

  /** The gateway's clock so long after a reception; it wraps every 71.6 minutes. */
  public static long after(long micros, long delay) {
    return Math.floorMod(micros + delay, CLOCK);
  }

  /** Time on air in microseconds. */
  public long airMicros() {
    return modulation.airMicros(bytes.length, false);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Transmission that
        && micros == that.micros
        && hertz == that.hertz
        && modulation.equals(that.modulation)
        && dbm == that.dbm
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return (int) micros;
  }
}

package org.penstock.driver.lorawan.codec;

/**
 * When and by which antenna a Basics Station has heard a frame.
 *
 * @param xtime its own clock: microseconds in the low 48 bits, the session and radio above them
 * @param rctx the antenna
 */
public record StationTime(long xtime, long rctx) {

  /** The low 32 bits of the clock's microseconds, as other gateways tell theirs. */
  public long micros() {
    return xtime & 0xffff_ffffL;
  }
}

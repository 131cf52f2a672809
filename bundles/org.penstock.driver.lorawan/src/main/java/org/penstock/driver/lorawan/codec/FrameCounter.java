package org.penstock.driver.lorawan.codec;

/** The 32-bit frame counter of which only the low half travels (LoRaWAN 1.0.3 section 4.3.1.5). Pure. */
public final class FrameCounter {

  /** Most frames that may have been lost in between. */
  public static final int MAX_GAP = 16_384;

  /** Where no frame has come yet. */
  public static final long NONE = -1;

  private FrameCounter() {}

  /**
   * The whole counter of a frame: the next one at or above the last with these low bits.
   *
   * @param last the last accepted one, 0 to 2^32-1, or {@link #NONE}
   * @param low 0 to 65535
   */
  public static long whole(long last, int low) {
    if (last == NONE) {
      return low;
    }
    long candidate = last & ~0xffffL | low;
    return candidate >= last ? candidate : candidate + 0x10000;
  }

  /** Greater than the last, by a gap that is no sign of something wrong. */
  public static boolean isNext(long last, long whole) {
    return whole > last && whole - last <= MAX_GAP && whole <= 0xffff_ffffL;
  }
}

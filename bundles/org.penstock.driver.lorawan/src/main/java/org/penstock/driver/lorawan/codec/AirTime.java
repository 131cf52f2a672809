package org.penstock.driver.lorawan.codec;

/** How long a frame occupies the air (SX1276 data sheet, section 4.1.1.7). Pure. */
public final class AirTime {

  private static final int PREAMBLE = 8;

  private AirTime() {}

  /**
   * Of a LoRa frame with explicit header, preamble of 8 symbols and coding rate 4/5; the low data rate
   * optimisation is on from symbols of 16 ms.
   *
   * @param bytes of the whole PHYPayload
   * @param factor spreading factor 6 to 12
   * @param kilohertz bandwidth, 125, 250 or 500
   * @param crc with checksum, as all uplinks and no downlinks are
   * @return microseconds
   */
  public static long lora(int bytes, int factor, int kilohertz, boolean crc) {
    boolean optimised = (1 << factor) >= 16 * kilohertz;
    return lora(bytes, factor, kilohertz, crc, optimised);
  }

  static long lora(int bytes, int factor, int kilohertz, boolean crc, boolean optimised) {
    int bits = 8 * bytes - 4 * factor + 28 + (crc ? 16 : 0);
    int perBlock = 4 * (factor - (optimised ? 2 : 0));
    int symbols = 8 + Math.max(0, (bits + perBlock - 1) / perBlock * 5);
    long quarters = 4L * (PREAMBLE + symbols) + 17; // 4.25 symbols follow the preamble
    return quarters * (1L << factor) * 1_000 / kilohertz / 4;
  }

  /**
   * Of an FSK frame: preamble of 5 bytes, sync word of 3, length, content, checksum of 2.
   *
   * @param bits a second
   * @return microseconds
   */
  public static long fsk(int bytes, int bits) {
    return (5L + 3 + 1 + bytes + 2) * 8 * 1_000_000 / bits;
  }
}

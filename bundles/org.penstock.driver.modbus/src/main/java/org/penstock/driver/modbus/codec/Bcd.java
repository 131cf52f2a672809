package org.penstock.driver.modbus.codec;

/** Decimal digits, one in each half byte. Pure. */
final class Bcd {

  private Bcd() {}

  static long decode(long raw, int size) {
    long result = 0;
    for (int shift = 8 * size - 4; shift >= 0; shift -= 4) {
      long digit = raw >>> shift & 0xf;
      if (digit > 9) {
        throw new IllegalArgumentException(
            "0x" + Long.toHexString(raw) + " is no decimal number in BCD");
      }
      result = result * 10 + digit;
    }
    return result;
  }

  static long encode(long value) {
    long result = 0;
    long rest = value;
    for (int shift = 0; rest > 0; shift += 4) {
      result |= rest % 10 << shift;
      rest /= 10;
    }
    return result;
  }
}

package org.penstock.driver.kit;

import java.math.BigInteger;

/**
 * How a device writes a number into bytes. Pure. Whole numbers come out as Long, but for {@link
 * #UINT64} beyond its range, which is a BigInteger; floating ones as Float or Double.
 */
public enum NumberFormat {
  /** Signed, 8 bits. */
  INT8(1),
  /** Unsigned, 8 bits. */
  UINT8(1),
  /** Signed, 16 bits. */
  INT16(2),
  /** Unsigned, 16 bits. */
  UINT16(2),
  /** Signed, 32 bits. */
  INT32(4),
  /** Unsigned, 32 bits. */
  UINT32(4),
  /** Signed, 64 bits. */
  INT64(8),
  /** Unsigned, 64 bits. */
  UINT64(8),
  /** IEEE 754, 32 bits. */
  FLOAT32(4),
  /** IEEE 754, 64 bits. */
  FLOAT64(8),
  /** Four decimal digits, one in each half byte. */
  BCD16(2),
  /** Eight decimal digits, one in each half byte. */
  BCD32(4);

  private final int size;

  NumberFormat(int size) {
    this.size = size;
  }

  /** Bytes that one number takes. */
  public int size() {
    return size;
  }

  /**
   * Reads a number.
   *
   * @param offset of its first byte
   * @throws IllegalArgumentException when the bytes are no number of this format (BCD only)
   * @throws IndexOutOfBoundsException when the bytes end before the number does
   */
  public Number decode(byte[] bytes, int offset, WordOrder order) {
    long raw = 0;
    for (int i = 0; i < size; i++) {
      raw = raw << 8 | bytes[offset + order.position(i, size)] & 0xff;
    }
    int unused = 64 - 8 * size;
    return switch (this) {
      case UINT8, UINT16, UINT32 -> raw;
      case INT8, INT16, INT32, INT64 -> raw << unused >> unused;
      case UINT64 -> raw >= 0 ? (Number) raw : new BigInteger(Long.toUnsignedString(raw));
      case FLOAT32 -> Float.intBitsToFloat((int) raw);
      case FLOAT64 -> Double.longBitsToDouble(raw);
      case BCD16, BCD32 -> fromBcd(raw);
    };
  }

  /**
   * Writes a number.
   *
   * @throws IllegalArgumentException when the format cannot hold it exactly (whole numbers) or at
   *     all (beyond the range of FLOAT32)
   */
  public byte[] encode(Number value, WordOrder order) {
    long raw =
        switch (this) {
          case FLOAT32 -> Float.floatToRawIntBits(toFloat(value)) & 0xffff_ffffL;
          case FLOAT64 -> Double.doubleToRawLongBits(value.doubleValue());
          case BCD16, BCD32 -> toBcd(Values.toLong(value, 0, size == 2 ? 9_999 : 99_999_999));
          case UINT64 -> Values.toUnsignedLong(value);
          case UINT8, UINT16, UINT32 -> Values.toLong(value, 0, (1L << 8 * size) - 1);
          case INT8, INT16, INT32, INT64 ->
              Values.toLong(value, -1L << 8 * size - 1, ~(-1L << 8 * size - 1));
        };
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[order.position(i, size)] = (byte) (raw >>> 8 * (size - 1 - i));
    }
    return bytes;
  }

  private static float toFloat(Number value) {
    float result = value.floatValue();
    if (Float.isInfinite(result) && !Double.isInfinite(value.doubleValue())) {
      throw new IllegalArgumentException(value + " is beyond the range of FLOAT32");
    }
    return result;
  }

  private long fromBcd(long raw) {
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

  private static long toBcd(long value) {
    long result = 0;
    long rest = value;
    for (int shift = 0; rest > 0; shift += 4) {
      result |= rest % 10 << shift;
      rest /= 10;
    }
    return result;
  }
}

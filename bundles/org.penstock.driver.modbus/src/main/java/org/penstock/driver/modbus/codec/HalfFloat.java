package org.penstock.driver.modbus.codec;

/** IEEE 754 half precision: 1 bit of sign, 5 of exponent, 10 of fraction. Pure. */
final class HalfFloat {

  private static final int EXPONENT_BIAS = 15;
  private static final int FRACTION_BITS = 10;
  private static final int FRACTION = 0x3ff;
  private static final int INFINITE = 0x7c00;
  private static final double LARGEST = 65504;

  private HalfFloat() {}

  static float decode(int bits) {
    int exponent = bits >> FRACTION_BITS & 0x1f;
    int fraction = bits & FRACTION;
    double size;
    if (exponent == 0x1f) {
      size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      size = Math.scalb((double) fraction, 1 - EXPONENT_BIAS - FRACTION_BITS);
    } else {
      size =
          Math.scalb(
              (double) (fraction | 1 << FRACTION_BITS), exponent - EXPONENT_BIAS - FRACTION_BITS);
    }
    return (float) ((bits & 0x8000) == 0 ? size : -size);
  }

  /** The nearest half, ties to even. */
  static int encode(double value) {
    int sign = Double.doubleToRawLongBits(value) < 0 ? 0x8000 : 0;
    double size = Math.abs(value);
    if (Double.isNaN(value)) {
      return INFINITE | 0x200;
    }
    if (Double.isInfinite(value)) {
      return sign | INFINITE;
    }
    int exponent = Math.max(Math.getExponent(size), 1 - EXPONENT_BIAS);
    long fraction = (long) Math.rint(Math.scalb(size, FRACTION_BITS - exponent));
    if (Math.scalb((double) fraction, exponent - FRACTION_BITS) > LARGEST) {
      throw new IllegalArgumentException(value + " is beyond the range of FLOAT16");
    }
    // A subnormal has no hidden bit; rounding up into the next exponent comes out right by itself.
    long hidden = (long) (exponent + EXPONENT_BIAS - 1) << FRACTION_BITS;
    return (int) (sign | hidden + fraction);
  }
}

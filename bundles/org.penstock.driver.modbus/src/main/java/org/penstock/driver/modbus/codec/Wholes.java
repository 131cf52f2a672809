package org.penstock.driver.modbus.codec;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers that must fit. Pure. */
final class Wholes {

  private static final BigInteger UNSIGNED_END = BigInteger.ONE.shiftLeft(64);
  private static final int MOST_DIGITS = 1_000; // 1E200000000 as a whole number takes hours

  private Wholes() {}

  static long within(Number value, long min, long max) {
    BigInteger whole = exact(value);
    if (whole.compareTo(BigInteger.valueOf(min)) < 0
        || whole.compareTo(BigInteger.valueOf(max)) > 0) {
      throw new IllegalArgumentException(value + " is not within " + min + " to " + max);
    }
    return whole.longValue();
  }

  static long unsigned(Number value) {
    BigInteger whole = exact(value);
    if (whole.signum() < 0 || whole.compareTo(UNSIGNED_END) >= 0) {
      throw new IllegalArgumentException(value + " is not within 0 to 2^64-1");
    }
    return whole.longValue();
  }

  static float toFloat(Number value) {
    float result = value.floatValue();
    if (Float.isInfinite(result) && !Double.isInfinite(value.doubleValue())) {
      throw new IllegalArgumentException(value + " is beyond the range of FLOAT32");
    }
    return result;
  }

  private static BigInteger exact(Number value) {
    try {
      BigDecimal decimal = new BigDecimal(value.toString());
      if (decimal.signum() != 0
          && Math.max((long) decimal.precision() - decimal.scale(), decimal.scale())
              > MOST_DIGITS) {
        throw new IllegalArgumentException(value + " is too large or has too many decimals");
      }
      return decimal.signum() == 0 ? BigInteger.ZERO : decimal.toBigIntegerExact();
    } catch (ArithmeticException | NumberFormatException notWhole) {
      throw new IllegalArgumentException(value + " is no whole number");
    }
  }
}

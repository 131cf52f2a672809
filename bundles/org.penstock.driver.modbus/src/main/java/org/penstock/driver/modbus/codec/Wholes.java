package org.penstock.driver.modbus.codec;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers that must fit. Pure. */
final class Wholes {

  private static final BigInteger UNSIGNED_END = BigInteger.ONE.shiftLeft(64);

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
      return new BigDecimal(value.toString()).toBigIntegerExact();
    } catch (ArithmeticException | NumberFormatException notWhole) {
      throw new IllegalArgumentException(value + " is no whole number");
    }
  }
}

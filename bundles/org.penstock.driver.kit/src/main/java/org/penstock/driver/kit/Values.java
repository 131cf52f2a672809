package org.penstock.driver.kit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;

/**
 * Conversions between what a device sends and Kura's typed values. Pure. What does not fit is an
 * {@link IllegalArgumentException} that says so, never a silently wrong number.
 */
public final class Values {

  private static final BigInteger UNSIGNED_END = BigInteger.ONE.shiftLeft(64);
  private static final int MOST_DIGITS = 1_000; // 1E200000000 as a whole number takes hours

  private Values() {}

  /**
   * A number as the type that a channel asks for. Whole numbers must fit; fractions are cut off
   * only when there are none; BOOLEAN is true for anything but zero; STRING is the decimal text.
   *
   * @throws IllegalArgumentException when the type cannot hold the number
   */
  public static TypedValue<?> typed(Number value, DataType type) {
    return switch (type) {
      case BOOLEAN -> TypedValues.newBooleanValue(value.doubleValue() != 0);
      case DOUBLE -> TypedValues.newDoubleValue(value.doubleValue());
      case FLOAT -> TypedValues.newFloatValue(value.floatValue());
      case INTEGER ->
          TypedValues.newIntegerValue((int) toLong(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case LONG -> TypedValues.newLongValue(toLong(value, Long.MIN_VALUE, Long.MAX_VALUE));
      case STRING -> TypedValues.newStringValue(value.toString());
      case BYTE_ARRAY ->
          throw new IllegalArgumentException("a number cannot be given as BYTE_ARRAY");
    };
  }

  /**
   * A yes or no as the type that a channel asks for: numbers are 1 or 0.
   *
   * @throws IllegalArgumentException for BYTE_ARRAY
   */
  public static TypedValue<?> typed(boolean value, DataType type) {
    return switch (type) {
      case BOOLEAN -> TypedValues.newBooleanValue(value);
      case STRING -> TypedValues.newStringValue(Boolean.toString(value));
      default -> typed(Integer.valueOf(value ? 1 : 0), type);
    };
  }

  /**
   * A typed value as a number: BOOLEAN is 1 or 0, STRING is parsed as a decimal number.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Number number(TypedValue<?> value) {
    Object plain = value.getValue();
    if (plain instanceof Number number) {
      return number;
    }
    if (plain instanceof Boolean flag) {
      return flag ? 1L : 0L;
    }
    if (plain instanceof String text) {
      try {
        return new BigDecimal(text.strip());
      } catch (NumberFormatException notANumber) {
        throw new IllegalArgumentException("'" + text + "' is no number");
      }
    }
    throw new IllegalArgumentException(value.getType() + " is no number");
  }

  /**
   * A bit of a block of bits, counted from the least significant bit of the first byte.
   *
   * @param index 0 or more
   */
  public static boolean bit(byte[] bytes, int index) {
    return (bytes[index / 8] >> index % 8 & 1) == 1;
  }

  /** Bits packed the way {@link #bit} counts them; unused bits of the last byte are 0. */
  public static byte[] bits(boolean... values) {
    byte[] bytes = new byte[(values.length + 7) / 8];
    for (int i = 0; i < values.length; i++) {
      if (values[i]) {
        bytes[i / 8] |= (byte) (1 << i % 8);
      }
    }
    return bytes;
  }

  /** Text up to the first zero byte, or all of it. */
  public static String text(byte[] bytes, int offset, int length, Charset charset) {
    int end = offset;
    while (end < offset + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, offset, end - offset, charset);
  }

  /**
   * Text filled up with zero bytes.
   *
   * @throws IllegalArgumentException when it is longer than the length
   */
  public static byte[] text(String text, int length, Charset charset) {
    byte[] bytes = text.getBytes(charset);
    if (bytes.length > length) {
      throw new IllegalArgumentException(
          "text of " + bytes.length + " bytes does not fit into " + length);
    }
    return Arrays.copyOf(bytes, length);
  }

  static long toLong(Number value, long min, long max) {
    BigInteger whole = exact(value);
    if (whole.compareTo(BigInteger.valueOf(min)) < 0
        || whole.compareTo(BigInteger.valueOf(max)) > 0) {
      throw new IllegalArgumentException(value + " is not within " + min + " to " + max);
    }
    return whole.longValue();
  }

  static long toUnsignedLong(Number value) {
    BigInteger whole = exact(value);
    if (whole.signum() < 0 || whole.compareTo(UNSIGNED_END) >= 0) {
      throw new IllegalArgumentException(value + " is not within 0 to 2^64-1");
    }
    return whole.longValue();
  }

  private static BigInteger exact(Number value) {
    if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      return BigInteger.valueOf(value.longValue());
    }
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

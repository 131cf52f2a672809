package org.penstock.driver.zigbee.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * A value with its ZCL type (2.6.2 of the specification).
 *
 * @param type the number of the type
 * @param value Long, BigInteger, Double, Boolean, String or byte[]; null where the type's own invalid
 *     value stood
 */
public record ZclValue(int type, Object value) {

  private static final int BOOLEAN = 0x10;
  private static final int SINGLE = 0x39;
  private static final int DOUBLE = 0x3A;
  private static final int OCTETS = 0x41;
  private static final int TEXT = 0x42;
  private static final int LONG_OCTETS = 0x43;
  private static final int LONG_TEXT = 0x44;

  /**
   * Reads a value of a type.
   *
   * @throws IllegalArgumentException when the type isn't known or the frame too short
   */
  public static ZclValue read(int type, ByteReader in) {
    return new ZclValue(type, decode(type, in));
  }

  private static Object decode(int type, ByteReader in) {
    switch (type) {
      case BOOLEAN:
        int flag = in.u8();
        return flag == 0xff ? null : (Object) (flag != 0);
      case SINGLE:
        float single = Float.intBitsToFloat((int) in.number(4));
        return Float.isNaN(single) ? null : (Object) (double) single;
      case DOUBLE:
        double number = Double.longBitsToDouble(in.number(8));
        return Double.isNaN(number) ? null : (Object) number;
      case OCTETS:
        int octets = in.u8();
        return octets == 0xff ? null : in.bytes(octets);
      case LONG_OCTETS:
        int many = in.u16();
        return many == 0xffff ? null : in.bytes(many);
      case TEXT:
        int length = in.u8();
        return length == 0xff ? null : text(in.bytes(length));
      case LONG_TEXT:
        int longLength = in.u16();
        return longLength == 0xffff ? null : text(in.bytes(longLength));
      default:
        return integer(type, size(type), in);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
  }

  private static Object integer(int type, int size, ByteReader in) {
    long raw = in.number(size);
    int unused = 64 - 8 * size;
    if (isSigned(type)) {
      return raw == 1L << 8 * size - 1 ? null : (Object) (raw << unused >> unused);
    }
    if (hasInvalid(type) && raw == -1L >>> unused) {
      return null;
    }
    return raw >= 0 ? (Object) raw : new BigInteger(Long.toUnsignedString(raw));
  }

  private static boolean isSigned(int type) {
    return type >= 0x28 && type <= 0x2f;
  }

  /** Unsigned numbers, enumerations, times and identifiers; not bitmaps and plain data. */
  private static boolean hasInvalid(int type) {
    return type >= 0x20 && type <= 0x27 || type == 0x30 || type == 0x31 || type >= 0xe0;
  }

  /** Bytes of a fixed-length type. */
  private static int size(int type) {
    if (type >= 0x08 && type <= 0x0f
        || type >= 0x18 && type <= 0x1f
        || type >= 0x20 && type <= 0x2f) {
      return (type & 7) + 1;
    }
    return switch (type) {
      case 0x30 -> 1;
      case 0x31, 0xe8, 0xe9 -> 2;
      case 0xe0, 0xe1, 0xe2, 0xea -> 4;
      case 0xf0 -> 8;
      default -> throw new IllegalArgumentException("ZCL type 0x%02x is not known".formatted(type));
    };
  }

  /** Whether reports of the type are told by a change: numbers and times, not states (2.5.7.1.7). */
  public static boolean isAnalogue(int type) {
    return type >= 0x20 && type <= 0x2f || type == SINGLE || type == DOUBLE || (type >> 3) == 0x1c;
  }

  /**
   * Writes a number, flag or text as a type.
   *
   * @throws IllegalArgumentException when the type can't hold it
   */
  public static void write(int type, Object value, ByteWriter out) {
    switch (type) {
      case BOOLEAN -> out.u8(Boolean.TRUE.equals(value) || isNotZero(value) ? 1 : 0);
      case SINGLE -> out.u32(Float.floatToRawIntBits(number(value).floatValue()));
      case DOUBLE -> out.u64(Double.doubleToRawLongBits(number(value).doubleValue()));
      case OCTETS, TEXT -> {
        byte[] bytes =
            value instanceof byte[] given
                ? given
                : value.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 100) {
          throw new IllegalArgumentException("text of " + bytes.length + " bytes, 100 at most");
        }
        out.u8(bytes.length).bytes(bytes);
      }
      default -> writeInteger(type, number(value), out);
    }
  }

  private static void writeInteger(int type, Number value, ByteWriter out) {
    int size = size(type);
    BigInteger whole;
    try {
      whole = new BigDecimal(value.toString()).toBigIntegerExact();
    } catch (ArithmeticException fraction) {
      throw new IllegalArgumentException(value + " is no whole number", fraction);
    }
    int bits = isSigned(type) ? 8 * size - 1 : 8 * size;
    if (whole.bitLength() > bits || !isSigned(type) && whole.signum() < 0) {
      throw new IllegalArgumentException(
          "%s does not fit into ZCL type 0x%02x".formatted(value, type));
    }
    out.number(whole.longValue(), size);
  }

  private static boolean isNotZero(Object value) {
    return value instanceof Number number && number.doubleValue() != 0;
  }

  private static Number number(Object value) {
    if (value instanceof Number number) {
      return number;
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    try {
      return new BigDecimal(String.valueOf(value).strip());
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException("'" + value + "' is no number", notANumber);
    }
  }
}

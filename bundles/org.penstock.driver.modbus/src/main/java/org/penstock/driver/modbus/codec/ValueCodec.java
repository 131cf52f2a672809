package org.penstock.driver.modbus.codec;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.penstock.driver.kit.Values;

/**
 * Registers to a value of the type that a channel asks for, and back. Pure and unchangeable. What
 * does not fit is an {@link IllegalArgumentException} that says so.
 */
public final class ValueCodec {

  private final DataFormat format;
  private final ByteOrder order;
  private final int[] positions;
  private final int length;
  private final int bit;
  private final DataType type;

  /**
   * A codec.
   *
   * @param length elements: of an array, characters or bytes
   * @param bit of the register, 0 the least significant; for BOOL only
   * @param type of the value
   * @throws IllegalArgumentException when the order does not fit the format
   */
  public ValueCodec(DataFormat format, ByteOrder order, int length, int bit, DataType type) {
    this.format = format;
    this.order = order;
    this.positions = format.block() ? new int[0] : order.positions(format.size());
    this.length = length;
    this.bit = bit;
    this.type = type;
  }

  /** Registers that the value takes. */
  public int registers() {
    return format.registers(length);
  }

  /** What the registers mean. */
  public DataFormat format() {
    return format;
  }

  /** The bit of a BOOL. */
  public int bit() {
    return bit;
  }

  /**
   * The value.
   *
   * @param bytes of the registers, as received
   * @param offset of the first one
   */
  public TypedValue<?> decode(byte[] bytes, int offset) {
    if (format.block()) {
      return block(ordered(bytes, offset));
    }
    if (format == DataFormat.BOOL) {
      return Values.typed((raw(bytes, offset) >> bit & 1) == 1, type);
    }
    return length == 1 ? scalar(bytes, offset) : array(bytes, offset);
  }

  private TypedValue<?> scalar(byte[] bytes, int offset) {
    long raw = raw(bytes, offset);
    if (format == DataFormat.FLOAT32 || format == DataFormat.FLOAT64) {
      return Values.typed(number(raw), type);
    }
    if (type == DataType.INTEGER && format.size() == 2 && format.ordinal() < WHOLE_END) {
      return TypedValues.newIntegerValue((int) whole(raw));
    }
    return Values.typed(number(raw), type);
  }

  private static final int WHOLE_END = DataFormat.INT32.ordinal();

  private TypedValue<?> array(byte[] bytes, int offset) {
    Number[] numbers = new Number[length];
    Arrays.setAll(numbers, i -> number(raw(bytes, offset + i * format.size())));
    return switch (type) {
      case STRING -> TypedValues.newStringValue(Arrays.toString(numbers));
      case BYTE_ARRAY -> TypedValues.newByteArrayValue(canonical(bytes, offset));
      default ->
          throw new IllegalArgumentException(
              "an array of " + length + " numbers cannot be given as " + type);
    };
  }

  /** All elements, each most significant byte first. */
  private byte[] canonical(byte[] bytes, int offset) {
    byte[] result = new byte[length * format.size()];
    for (int i = 0; i < result.length; i++) {
      int element = i / format.size();
      result[i] = bytes[offset + element * format.size() + positions[i % format.size()]];
    }
    return result;
  }

  private TypedValue<?> block(byte[] bytes) {
    if (format == DataFormat.STRING) {
      String text = Values.text(bytes, 0, length, StandardCharsets.ISO_8859_1);
      return switch (type) {
        case STRING -> TypedValues.newStringValue(text);
        case BYTE_ARRAY -> TypedValues.newByteArrayValue(bytes);
        case BOOLEAN -> TypedValues.newBooleanValue(Boolean.parseBoolean(text.strip()));
        default -> Values.typed(Values.number(TypedValues.newStringValue(text)), type);
      };
    }
    if (type == DataType.BYTE_ARRAY) {
      return TypedValues.newByteArrayValue(bytes);
    }
    if (type == DataType.STRING) {
      return TypedValues.newStringValue(java.util.HexFormat.of().formatHex(bytes));
    }
    throw new IllegalArgumentException("raw bytes cannot be given as " + type);
  }

  private byte[] ordered(byte[] bytes, int offset) {
    byte[] result = new byte[length];
    int swap = order.swapsBytes() ? 1 : 0;
    for (int i = 0; i < length; i++) {
      result[i] = bytes[offset + (i ^ swap)];
    }
    return result;
  }

  private long raw(byte[] bytes, int offset) {
    long raw = 0;
    for (int position : positions) {
      raw = raw << 8 | bytes[offset + position] & 0xff;
    }
    return raw;
  }

  private long whole(long raw) {
    return switch (format) {
      case INT8_HIGH -> (byte) (raw >> 8);
      case INT8_LOW -> (byte) raw;
      case UINT8_HIGH -> raw >> 8 & 0xff;
      case UINT8_LOW -> raw & 0xff;
      case INT16 -> (short) raw;
      case INT32 -> (int) raw;
      default -> raw;
    };
  }

  private Number number(long raw) {
    return switch (format) {
      case FLOAT16 -> HalfFloat.decode((int) raw);
      case FLOAT32 -> Float.intBitsToFloat((int) raw);
      case FLOAT64 -> Double.longBitsToDouble(raw);
      case UINT64 -> raw >= 0 ? (Number) raw : new BigInteger(Long.toUnsignedString(raw));
      case BCD16, BCD32 -> Bcd.decode(raw, format.size());
      default -> whole(raw);
    };
  }

  /**
   * The bytes of the registers that hold this value. Of a part of a register (a bit, a byte) the
   * other bits are 0; {@link #mask} says which count.
   */
  public byte[] encode(TypedValue<?> value) {
    if (format.block()) {
      return encodeBlock(value);
    }
    if (length == 1) {
      return bytesOf(rawOf(value));
    }
    if (value.getType() == DataType.BYTE_ARRAY) {
      return fromCanonical((byte[]) value.getValue());
    }
    String[] parts = value.getValue().toString().replaceAll("[\\[\\]\\s]", "").split(",");
    if (parts.length != length) {
      throw new IllegalArgumentException(
          "needs " + length + " numbers with commas between, not " + parts.length);
    }
    byte[] result = new byte[length * format.size()];
    for (int i = 0; i < length; i++) {
      byte[] element = bytesOf(rawOf(TypedValues.newStringValue(parts[i])));
      System.arraycopy(element, 0, result, i * format.size(), element.length);
    }
    return result;
  }

  /** The bits of the register that a written part changes. */
  public int mask() {
    return switch (format) {
      case BOOL -> 1 << bit;
      case INT8_HIGH, UINT8_HIGH -> 0xff00;
      case INT8_LOW, UINT8_LOW -> 0xff;
      default -> 0xffff;
    };
  }

  private byte[] encodeBlock(TypedValue<?> value) {
    Object plain = value.getValue();
    byte[] bytes;
    if (plain instanceof byte[] given) {
      bytes = given;
    } else if (format == DataFormat.STRING) {
      bytes = plain.toString().getBytes(StandardCharsets.ISO_8859_1);
    } else {
      bytes = java.util.HexFormat.of().parseHex(plain.toString().strip());
    }
    if (bytes.length > length) {
      throw new IllegalArgumentException(
          bytes.length + " bytes do not fit into a length of " + length);
    }
    byte[] result = new byte[2 * registers()];
    int swap = order.swapsBytes() ? 1 : 0;
    for (int i = 0; i < bytes.length; i++) {
      result[i ^ swap] = bytes[i];
    }
    return result;
  }

  private byte[] fromCanonical(byte[] given) {
    byte[] result = new byte[length * format.size()];
    if (given.length != result.length) {
      throw new IllegalArgumentException("needs " + result.length + " bytes, not " + given.length);
    }
    for (int i = 0; i < result.length; i++) {
      int element = i / format.size();
      result[element * format.size() + positions[i % format.size()]] = given[i];
    }
    return result;
  }

  private byte[] bytesOf(long raw) {
    int size = format.size();
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[positions[i]] = (byte) (raw >>> 8 * (size - 1 - i));
    }
    return bytes;
  }

  private long rawOf(TypedValue<?> value) {
    if (format == DataFormat.BOOL) {
      return truth(value) ? 1L << bit : 0;
    }
    Number number = Values.number(value);
    return switch (format) {
      case INT8_HIGH -> (Wholes.within(number, -128, 127) & 0xff) << 8;
      case INT8_LOW -> Wholes.within(number, -128, 127) & 0xff;
      case UINT8_HIGH -> Wholes.within(number, 0, 255) << 8;
      case UINT8_LOW -> Wholes.within(number, 0, 255);
      case INT16 -> Wholes.within(number, Short.MIN_VALUE, Short.MAX_VALUE);
      case UINT16 -> Wholes.within(number, 0, 0xffff);
      case INT32 -> Wholes.within(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case UINT32 -> Wholes.within(number, 0, 0xffff_ffffL);
      case INT64 -> Wholes.within(number, Long.MIN_VALUE, Long.MAX_VALUE);
      case UINT64 -> Wholes.unsigned(number);
      case FLOAT16 -> HalfFloat.encode(number.doubleValue());
      case FLOAT32 -> Float.floatToRawIntBits(Wholes.toFloat(number));
      case FLOAT64 -> Double.doubleToRawLongBits(number.doubleValue());
      case BCD16 -> Bcd.encode(Wholes.within(number, 0, 9_999));
      case BCD32 -> Bcd.encode(Wholes.within(number, 0, 99_999_999));
      default -> throw new IllegalArgumentException(format + " is not written as a number");
    };
  }

  /** BOOLEAN as it is, a text "true" or "false", any other number but 0 as yes. */
  public static boolean truth(TypedValue<?> value) {
    Object plain = value.getValue();
    if (plain instanceof Boolean flag) {
      return flag;
    }
    if (plain instanceof String text && text.strip().matches("(?i)true|false")) {
      return Boolean.parseBoolean(text.strip());
    }
    return Values.number(value).doubleValue() != 0;
  }
}

package org.penstock.driver.zigbee;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HexFormat;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.penstock.driver.kit.Values;

/** Values of attributes as values of channels, and back. Pure. */
final class ZigbeeValues {

  private ZigbeeValues() {}

  /**
   * An attribute's value as a channel wants it.
   *
   * @throws IllegalArgumentException when the type can't hold it
   */
  static TypedValue<?> typed(Object value, ZigbeeChannel channel) {
    DataType type = channel.type();
    if (value instanceof Boolean flag) {
      return Values.typed(flag, type);
    }
    if (value instanceof byte[] bytes) {
      return switch (type) {
        case BYTE_ARRAY -> TypedValues.newByteArrayValue(bytes);
        case STRING -> TypedValues.newStringValue(HexFormat.of().formatHex(bytes));
        default -> throw new IllegalArgumentException("bytes cannot be given as " + type);
      };
    }
    if (value instanceof Number number) {
      return Values.typed(scaled(number, channel.scale()), type);
    }
    return type == DataType.STRING
        ? TypedValues.newStringValue(value.toString())
        : Values.typed(Values.number(TypedValues.newStringValue(value.toString())), type);
  }

  private static Number scaled(Number number, double scale) {
    return scale == 1
        ? number
        : new BigDecimal(number.toString()).multiply(BigDecimal.valueOf(scale));
  }

  /**
   * What is written to the attribute for a channel's value.
   *
   * @throws IllegalArgumentException when it is no number though the channel is scaled
   */
  static Object raw(TypedValue<?> value, ZigbeeChannel channel) {
    if (channel.scale() == 1) {
      return value.getValue();
    }
    BigDecimal number = new BigDecimal(Values.number(value).toString());
    return number.divide(BigDecimal.valueOf(channel.scale()), MathContext.DECIMAL64);
  }

  /**
   * The payload of a command: bytes, or text of hexadecimal digits; nothing for other types.
   *
   * @throws IllegalArgumentException when the text is something else
   */
  static byte[] payload(TypedValue<?> value) {
    if (value.getValue() instanceof byte[] bytes) {
      return bytes;
    }
    if (value.getValue() instanceof String text) {
      return HexFormat.of().parseHex(text.strip());
    }
    return new byte[0];
  }
}

package org.penstock.field.asset;

import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ScaleOffsetType;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;

/**
 * What happens to a value between driver and consumer: {@code value * scale + offset}. Pure.
 *
 * @param active false when the value passes as it is
 * @param readType the type that the driver is asked for and in which is computed
 * @param valueType the channel's type
 */
public record Scaling(
    boolean active, DataType readType, DataType valueType, Number scale, Number offset) {

  private static final double INTEGER_END = 0x1p31;
  private static final double LONG_END = 0x1p63;

  /** The scaling of a channel; inactive for a value that is no number and for scale 1, offset 0. */
  public static Scaling of(Channel channel) {
    DataType valueType = channel.getValueType();
    Number scale = channel.getValueScaleAsNumber();
    Number offset = channel.getValueOffsetAsNumber();
    boolean active =
        isNumeric(valueType) && (scale.doubleValue() != 1.0d || offset.doubleValue() != 0.0d);
    DataType readType = active ? effectiveType(valueType, channel.getScaleOffsetType()) : valueType;
    return new Scaling(active, readType, valueType, scale, offset);
  }

  /**
   * The value that the consumer gets; what is no number passes as it is.
   *
   * @throws ArithmeticException when the channel's type has no such value; the text tells so
   */
  public TypedValue<?> apply(TypedValue<?> read) {
    if (!active || !(read.getValue() instanceof Number number)) {
      return read;
    }
    Number result =
        switch (readType) {
          case INTEGER -> whole(number, readType).intValue() * scale.intValue() + offset.intValue();
          case LONG -> whole(number, readType).longValue() * scale.longValue() + offset.longValue();
          case FLOAT -> number.floatValue() * scale.floatValue() + offset.floatValue();
          default -> number.doubleValue() * scale.doubleValue() + offset.doubleValue();
        };
    return switch (valueType) {
      case INTEGER -> TypedValues.newIntegerValue(whole(result, valueType).intValue());
      case LONG -> TypedValues.newLongValue(whole(result, valueType).longValue());
      case FLOAT -> TypedValues.newFloatValue(result.floatValue());
      default -> TypedValues.newDoubleValue(result.doubleValue());
    };
  }

  /** The number, unless cutting it off would make another one of it: none, or one out of range. */
  private static Number whole(Number number, DataType type) {
    if (number instanceof Double || number instanceof Float) {
      double end = type == DataType.INTEGER ? INTEGER_END : LONG_END;
      double exact = number.doubleValue();
      double cut = exact < 0 ? Math.ceil(exact) : exact;
      if (!(cut >= -end && cut < end)) {
        throw new ArithmeticException(
            "the value is %s, which %s cannot hold; choose another value type"
                .formatted(number, type));
      }
    }
    return number;
  }

  static boolean isNumeric(DataType type) {
    return switch (type) {
      case INTEGER, LONG, FLOAT, DOUBLE -> true;
      case BOOLEAN, STRING, BYTE_ARRAY -> false;
    };
  }

  /** The type in which scale and offset are applied. */
  static DataType effectiveType(DataType valueType, ScaleOffsetType type) {
    return switch (type) {
      case DEFINED_BY_VALUE_TYPE -> valueType;
      case FLOAT -> DataType.FLOAT;
      case DOUBLE -> DataType.DOUBLE;
      case INTEGER -> DataType.INTEGER;
      case LONG -> DataType.LONG;
    };
  }
}

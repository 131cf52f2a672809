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

  /** The value that the consumer gets; what is no number passes as it is. */
  public TypedValue<?> apply(TypedValue<?> read) {
    if (!active || !(read.getValue() instanceof Number number)) {
      return read;
    }
    Number result =
        switch (readType) {
          case INTEGER -> number.intValue() * scale.intValue() + offset.intValue();
          case LONG -> number.longValue() * scale.longValue() + offset.longValue();
          case FLOAT -> number.floatValue() * scale.floatValue() + offset.floatValue();
          default -> number.doubleValue() * scale.doubleValue() + offset.doubleValue();
        };
    return switch (valueType) {
      case INTEGER -> TypedValues.newIntegerValue(result.intValue());
      case LONG -> TypedValues.newLongValue(result.longValue());
      case FLOAT -> TypedValues.newFloatValue(result.floatValue());
      default -> TypedValues.newDoubleValue(result.doubleValue());
    };
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

package org.penstock.flow.wires.component;

import java.util.List;
import java.util.Map;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.penstock.api.script.ScriptException;

/** Makes typed values of what a script gives. */
final class ScriptValues {

  private ScriptValues() {}

  static TypedValue<?> typed(Object key, Object given) throws ScriptException {
    try {
      if (given instanceof Map<?, ?> typed && typed.get("type") instanceof String type) {
        return typed(DataType.valueOf(type), typed.get("value"), typed.get("exact"));
      }
    } catch (IllegalArgumentException | ClassCastException | NullPointerException unfit) {
      throw refused(key, given);
    }
    throw refused(key, given);
  }

  private static ScriptException refused(Object key, Object given) {
    return new ScriptException(
        ScriptException.Reason.THROWN,
        "output has %s = %s, which is no typed value: use newIntegerValue() and the like"
            .formatted(key, given));
  }

  private static TypedValue<?> typed(DataType type, Object value, Object exact) {
    return switch (type) {
      case BOOLEAN -> TypedValues.newBooleanValue((Boolean) value);
      case DOUBLE -> TypedValues.newDoubleValue((Double) value);
      case FLOAT -> TypedValues.newFloatValue(((Double) value).floatValue());
      case INTEGER -> TypedValues.newIntegerValue(((Double) value).intValue());
      case LONG -> TypedValues.newLongValue(whole((Double) value, exact));
      case STRING -> TypedValues.newStringValue((String) value);
      case BYTE_ARRAY -> TypedValues.newByteArrayValue(bytes((List<?>) value));
    };
  }

  /** Scripts have no whole numbers beyond 2^53: those that were not computed pass as their text. */
  private static long whole(Double value, Object exact) {
    if (exact instanceof String text && text.matches("[-+]?\\d{1,19}")) {
      long parsed = Long.parseLong(text);
      if ((double) parsed == value) {
        return parsed;
      }
    }
    return value.longValue();
  }

  private static byte[] bytes(List<?> numbers) {
    byte[] bytes = new byte[numbers.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ((Double) numbers.get(i)).intValue();
    }
    return bytes;
  }
}

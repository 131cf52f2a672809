package org.eclipse.kura.type;

import java.util.Base64;
import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/** Makes typed values from Java values and from text. */
@ProviderType
public final class TypedValues {

  private TypedValues() {}

  public static BooleanValue newBooleanValue(boolean value) {
    return new BooleanValue(value);
  }

  public static ByteArrayValue newByteArrayValue(byte[] value) {
    return new ByteArrayValue(value);
  }

  public static FloatValue newFloatValue(float value) {
    return new FloatValue(value);
  }

  public static DoubleValue newDoubleValue(double value) {
    return new DoubleValue(value);
  }

  public static IntegerValue newIntegerValue(int value) {
    return new IntegerValue(value);
  }

  public static LongValue newLongValue(long value) {
    return new LongValue(value);
  }

  public static StringValue newStringValue(String value) {
    return new StringValue(value);
  }

  public static TypedValue<?> newTypedValue(Object value) {
    if (value instanceof Boolean v) {
      return new BooleanValue(v);
    }
    if (value instanceof byte[] v) {
      return new ByteArrayValue(v);
    }
    if (value instanceof Float v) {
      return new FloatValue(v);
    }
    if (value instanceof Double v) {
      return new DoubleValue(v);
    }
    if (value instanceof Integer v) {
      return new IntegerValue(v);
    }
    if (value instanceof Long v) {
      return new LongValue(v);
    }
    if (value instanceof String v) {
      return new StringValue(v);
    }
    throw new IllegalArgumentException(
        "no typed value can hold a " + (value == null ? "null" : value.getClass().getName()));
  }

  public static TypedValue<?> parseTypedValue(DataType type, String text) {
    Objects.requireNonNull(type, "the type must not be null");
    Objects.requireNonNull(text, "the text must not be null");
    try {
      return switch (type) {
        case BOOLEAN -> new BooleanValue(Boolean.parseBoolean(text));
        case BYTE_ARRAY -> new ByteArrayValue(Base64.getDecoder().decode(text));
        case DOUBLE -> new DoubleValue(Double.parseDouble(text));
        case FLOAT -> new FloatValue(Float.parseFloat(text));
        case INTEGER -> new IntegerValue(Integer.parseInt(text));
        case LONG -> new LongValue(Long.parseLong(text));
        case STRING -> new StringValue(text);
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no " + type, e);
    }
  }
}

package org.penstock.console.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import jakarta.ws.rs.BadRequestException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.Locale;
import org.eclipse.kura.configuration.Password;

/** Property values to JSON and back, by the ten types of Kura's metatype. */
final class Values {

  private Values() {}

  /** The name of the value's type in capitals. */
  static String type(Object value) {
    Class<?> type =
        value.getClass().isArray() ? value.getClass().getComponentType() : value.getClass();
    return type == Character.class ? "CHAR" : type.getSimpleName().toUpperCase(Locale.ROOT);
  }

  /** The value as JSON; passwords are never given out and stand as null. */
  static JsonElement json(Object value) {
    if (value instanceof Password || value instanceof Password[]) {
      return JsonNull.INSTANCE;
    }
    if (value.getClass().isArray()) {
      JsonArray array = new JsonArray();
      for (int i = 0; i < Array.getLength(value); i++) {
        Object element = Array.get(value, i);
        array.add(element == null ? JsonNull.INSTANCE : single(element));
      }
      return array;
    }
    return single(value);
  }

  private static JsonElement single(Object value) {
    if (value instanceof Boolean b) {
      return new JsonPrimitive(b);
    }
    if (value instanceof Number n) {
      boolean finite = Double.isFinite(n.doubleValue());
      return finite ? new JsonPrimitive(n) : new JsonPrimitive(n.toString());
    }
    return new JsonPrimitive(value.toString());
  }

  /**
   * Reads a property.
   *
   * @param where names the property in errors
   * @return null for JSON's null
   * @throws BadRequestException names property, type and given value
   */
  static Object value(String where, ConfigurationJson.Property property) {
    if (property == null || property.type() == null) {
      throw new BadRequestException(
          where + " has no type; give {\"type\":\"STRING\",\"value\":..}");
    }
    Class<?> type = javaType(where, property.type());
    JsonElement json = property.value();
    if (json == null || json.isJsonNull()) {
      return null;
    }
    if (!json.isJsonArray()) {
      return scalar(where, type, json);
    }
    JsonArray array = json.getAsJsonArray();
    Object values = Array.newInstance(type, array.size());
    for (int i = 0; i < array.size(); i++) {
      Array.set(values, i, scalar(where + "[" + i + "]", type, array.get(i)));
    }
    return values;
  }

  private static Class<?> javaType(String where, String name) {
    return switch (name) {
      case "STRING" -> String.class;
      case "LONG" -> Long.class;
      case "DOUBLE" -> Double.class;
      case "FLOAT" -> Float.class;
      case "INTEGER" -> Integer.class;
      case "BYTE" -> Byte.class;
      case "CHAR" -> Character.class;
      case "BOOLEAN" -> Boolean.class;
      case "SHORT" -> Short.class;
      case "PASSWORD" -> Password.class;
      default ->
          throw new BadRequestException(
              where
                  + ": unknown type "
                  + name
                  + "; one of STRING LONG DOUBLE FLOAT INTEGER BYTE"
                  + " CHAR BOOLEAN SHORT PASSWORD");
    };
  }

  private static Object scalar(String where, Class<?> type, JsonElement json) {
    if (!json.isJsonPrimitive()) {
      throw wrong(where, type, json);
    }
    JsonPrimitive value = json.getAsJsonPrimitive();
    try {
      return scalar(type, value);
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw wrong(where, type, json);
    }
  }

  private static Object scalar(Class<?> type, JsonPrimitive value) {
    if (type == String.class || type == Password.class || type == Character.class) {
      if (!value.isString()) {
        throw new IllegalArgumentException();
      }
      String text = value.getAsString();
      if (type == Character.class) {
        if (text.length() != 1) {
          throw new IllegalArgumentException();
        }
        return text.charAt(0);
      }
      return type == String.class ? text : new Password(text);
    }
    if (type == Boolean.class) {
      if (!value.isBoolean()) {
        throw new IllegalArgumentException();
      }
      return value.getAsBoolean();
    }
    if (!value.isNumber()) {
      throw new IllegalArgumentException();
    }
    return number(type, value.getAsBigDecimal());
  }

  private static Object number(Class<?> type, BigDecimal value) {
    if (type == Integer.class) {
      return value.intValueExact();
    }
    if (type == Long.class) {
      return value.longValueExact();
    }
    if (type == Short.class) {
      return value.shortValueExact();
    }
    if (type == Byte.class) {
      return value.byteValueExact();
    }
    double real = type == Float.class ? value.floatValue() : value.doubleValue();
    if (!Double.isFinite(real)) {
      throw new ArithmeticException();
    }
    return type == Float.class ? (Object) value.floatValue() : (Object) real;
  }

  private static BadRequestException wrong(String where, Class<?> type, JsonElement given) {
    return new BadRequestException(
        where + " must be of type " + type.getSimpleName() + ", given: " + given);
  }
}

package org.penstock.flow.wires;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import jakarta.ws.rs.BadRequestException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.kura.configuration.Password;

/** Values of component properties to JSON and back, by the ten types of Kura's metatype. */
final class JsonValues {

  private record Kind(Class<?> type, Function<JsonPrimitive, Object> reader) {}

  private static final Map<String, Kind> KINDS =
      Map.of(
          "STRING", new Kind(String.class, JsonValues::text),
          "PASSWORD", new Kind(Password.class, json -> new Password(text(json))),
          "CHAR", new Kind(Character.class, json -> character(text(json))),
          "BOOLEAN", new Kind(Boolean.class, JsonValues::flag),
          "LONG", new Kind(Long.class, json -> number(json).longValueExact()),
          "INTEGER", new Kind(Integer.class, json -> number(json).intValueExact()),
          "SHORT", new Kind(Short.class, json -> number(json).shortValueExact()),
          "BYTE", new Kind(Byte.class, json -> number(json).byteValueExact()),
          "DOUBLE", new Kind(Double.class, json -> number(json).doubleValue()),
          "FLOAT", new Kind(Float.class, json -> number(json).floatValue()));

  private JsonValues() {}

  private static String text(JsonPrimitive json) {
    if (!json.isString()) {
      throw new IllegalArgumentException("no text");
    }
    return json.getAsString();
  }

  private static char character(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException("not one character");
    }
    return text.charAt(0);
  }

  private static boolean flag(JsonPrimitive json) {
    if (!json.isBoolean()) {
      throw new IllegalArgumentException("neither true nor false");
    }
    return json.getAsBoolean();
  }

  private static BigDecimal number(JsonPrimitive json) {
    if (!json.isNumber()) {
      throw new IllegalArgumentException("no number");
    }
    return json.getAsBigDecimal();
  }

  static String type(Object value) {
    Class<?> type =
        value.getClass().isArray() ? value.getClass().getComponentType() : value.getClass();
    return type == Character.class ? "CHAR" : type.getSimpleName().toUpperCase(Locale.ROOT);
  }

  static JsonElement json(Object value) {
    if (value instanceof Password || value instanceof Password[]) {
      return JsonNull.INSTANCE;
    }
    if (value.getClass().isArray()) {
      JsonArray array = new JsonArray();
      for (int i = 0; i < Array.getLength(value); i++) {
        Object one = Array.get(value, i);
        array.add(one == null ? JsonNull.INSTANCE : json(one));
      }
      return array;
    }
    if (value instanceof Boolean flag) {
      return new JsonPrimitive(flag);
    }
    return value instanceof Number number && Double.isFinite(number.doubleValue())
        ? new JsonPrimitive(number)
        : new JsonPrimitive(value.toString());
  }

  /**
   * Reads a property.
   *
   * @param where names the property in errors
   * @return null for JSON's null
   */
  static Object value(String where, ComponentJson.Property property) {
    Kind kind = property == null || property.type() == null ? null : KINDS.get(property.type());
    if (kind == null) {
      throw new BadRequestException(
          where + " must have one of the types " + KINDS.keySet().stream().sorted().toList());
    }
    JsonElement json = property.value();
    if (json == null || json.isJsonNull()) {
      return null;
    }
    try {
      if (!json.isJsonArray()) {
        return kind.reader().apply(json.getAsJsonPrimitive());
      }
      Object array = Array.newInstance(kind.type(), json.getAsJsonArray().size());
      for (int i = 0; i < json.getAsJsonArray().size(); i++) {
        Array.set(array, i, kind.reader().apply(json.getAsJsonArray().get(i).getAsJsonPrimitive()));
      }
      return array;
    } catch (ArithmeticException | IllegalArgumentException | IllegalStateException wrong) {
      throw new BadRequestException(
          where + " must be of type " + property.type() + ", given: " + json, wrong);
    }
  }
}

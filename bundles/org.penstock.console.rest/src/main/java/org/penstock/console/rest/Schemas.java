package org.penstock.console.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** JSON schemas of Java types as Gson writes them; records by name, once each. */
final class Schemas {

  private final Map<String, JsonObject> named = new TreeMap<>();

  JsonObject named() {
    JsonObject all = new JsonObject();
    named.forEach(all::add);
    return all;
  }

  JsonObject of(Type type) {
    if (type instanceof ParameterizedType of) {
      return generic((Class<?>) of.getRawType(), of.getActualTypeArguments());
    }
    if (type instanceof GenericArrayType) {
      return simple("array");
    }
    return type instanceof Class<?> plain ? plain(plain) : new JsonObject();
  }

  private JsonObject generic(Class<?> raw, Type[] arguments) {
    if (Collection.class.isAssignableFrom(raw)) {
      JsonObject list = simple("array");
      list.add("items", of(arguments[0]));
      return list;
    }
    if (Map.class.isAssignableFrom(raw)) {
      JsonObject map = simple("object");
      map.add("additionalProperties", of(arguments[1]));
      return map;
    }
    return plain(raw);
  }

  private JsonObject plain(Class<?> type) {
    if (type == String.class || type == char.class || type == Character.class) {
      return simple("string");
    }
    if (type == boolean.class || type == Boolean.class) {
      return simple("boolean");
    }
    if (type == double.class || type == float.class || type == Double.class) {
      return simple("number");
    }
    if (type.isPrimitive() || type == Integer.class || type == Long.class) {
      return simple("integer");
    }
    if (Number.class.isAssignableFrom(type)) {
      return simple("number");
    }
    if (JsonElement.class.isAssignableFrom(type) || type == Object.class || type == byte[].class) {
      return new JsonObject();
    }
    if (type.isEnum()) {
      return choice(type);
    }
    return type.isRecord() ? record(type) : simple("object");
  }

  private static JsonObject choice(Class<?> type) {
    JsonObject choice = simple("string");
    JsonArray values = new JsonArray();
    for (Object constant : type.getEnumConstants()) {
      values.add(((Enum<?>) constant).name());
    }
    choice.add("enum", values);
    return choice;
  }

  private JsonObject record(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    String name = (outer == null ? "" : outer.getSimpleName() + ".") + type.getSimpleName();
    if (!named.containsKey(name)) {
      JsonObject schema = simple("object");
      named.put(name, schema); // before its parts: they may hold it themselves
      JsonObject properties = new JsonObject();
      for (RecordComponent component : type.getRecordComponents()) {
        properties.add(component.getName(), of(component.getGenericType()));
      }
      schema.add("properties", properties);
    }
    JsonObject reference = new JsonObject();
    reference.addProperty("$ref", "#/components/schemas/" + name);
    return reference;
  }

  private static JsonObject simple(String type) {
    JsonObject schema = new JsonObject();
    schema.addProperty("type", type);
    return schema;
  }
}

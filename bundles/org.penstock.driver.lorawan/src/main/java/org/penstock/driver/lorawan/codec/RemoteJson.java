package org.penstock.driver.lorawan.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON in which members that are zero or empty may be missing. Pure. */
final class RemoteJson {

  private static final int LONGEST = 1 << 20;
  private static final int MOST_FIELDS = 200;

  private RemoteJson() {}

  static JsonObject object(byte[] payload) throws FrameException {
    try {
      if (payload.length <= LONGEST
          && JsonParser.parseString(new String(payload, StandardCharsets.UTF_8))
              instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException malformed) {
      throw new FrameException("malformed JSON");
    }
    throw new FrameException("no JSON object, or longer than a MiB");
  }

  /** A member at the end of a path; an empty object when it is missing. */
  static JsonObject inner(JsonObject of, String... path) {
    JsonObject at = of;
    for (String key : path) {
      at = at.get(key) instanceof JsonObject next ? next : new JsonObject();
    }
    return at;
  }

  static String text(JsonObject of, String key) {
    return of.get(key) instanceof JsonPrimitive value ? value.getAsString() : "";
  }

  static boolean flag(JsonObject of, String key) {
    return of.get(key) instanceof JsonPrimitive value && value.getAsBoolean();
  }

  static double number(JsonObject of, String key, double absent) throws FrameException {
    try {
      return of.get(key) instanceof JsonPrimitive value ? value.getAsDouble() : absent;
    } catch (NumberFormatException none) {
      throw new FrameException(key + " is no number");
    }
  }

  static Eui eui(String text) throws FrameException {
    try {
      return Eui.parse(text);
    } catch (IllegalArgumentException none) {
      throw new FrameException(none.getMessage());
    }
  }

  static byte[] base64(JsonObject of, String key) throws FrameException {
    try {
      return Base64.getDecoder().decode(text(of, key));
    } catch (IllegalArgumentException none) {
      throw new FrameException(key + " is no base64");
    }
  }

  static Modulation lora(double factor, double hertz) {
    try {
      return Modulation.parse("SF" + (int) factor + "BW" + (int) (hertz / 1e3));
    } catch (IllegalArgumentException other) {
      return null;
    }
  }

  static List<JsonObject> objects(JsonObject of, String key) {
    List<JsonObject> objects = new ArrayList<>();
    if (of.get(key) instanceof JsonArray array) {
      for (JsonElement each : array) {
        if (each instanceof JsonObject object) {
          objects.add(object);
        }
      }
    }
    return objects;
  }

  static List<RemoteEvent.Copy> best(List<RemoteEvent.Copy> copies) {
    return copies.stream()
        .sorted(Comparator.comparingDouble(RemoteEvent.Copy::snr).reversed())
        .toList();
  }

  /** Values by their path with dots. */
  static Map<String, Object> fields(JsonElement value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (value instanceof JsonObject) {
      flatten("", value, fields);
    }
    return fields;
  }

  private static void flatten(String path, JsonElement value, Map<String, Object> into) {
    String inner = path.isEmpty() ? "" : path + '.';
    if (into.size() >= MOST_FIELDS) {
      return;
    }
    if (value instanceof JsonObject object) {
      object.entrySet().forEach(e -> flatten(inner + e.getKey(), e.getValue(), into));
    } else if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        flatten(inner + i, array.get(i), into);
      }
    } else if (value instanceof JsonPrimitive plain) {
      into.put(
          path,
          plain.isBoolean()
              ? (Object) plain.getAsBoolean()
              : plain.isNumber() ? (Object) plain.getAsDouble() : plain.getAsString());
    }
  }

  /** The other way: an object with one value. */
  static JsonObject nested(String field, Object value) {
    JsonObject all = new JsonObject();
    JsonObject at = all;
    String[] path = field.split("\\.");
    for (int i = 0; i < path.length - 1; i++) {
      JsonObject next = new JsonObject();
      at.add(path[i], next);
      at = next;
    }
    String last = path[path.length - 1];
    if (value instanceof Boolean flag) {
      at.addProperty(last, flag);
    } else if (value instanceof Number number) {
      at.addProperty(last, number);
    } else {
      at.addProperty(last, String.valueOf(value));
    }
    return all;
  }

  /** Percent as a device tells it: 1 to 254. */
  static int battery(double percent) {
    return (int) Math.round(1 + Math.max(0, Math.min(100, percent)) * 253 / 100);
  }
}

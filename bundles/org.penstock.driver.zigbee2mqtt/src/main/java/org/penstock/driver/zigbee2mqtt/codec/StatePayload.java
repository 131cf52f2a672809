package org.penstock.driver.zigbee2mqtt.codec;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.penstock.driver.kit.Values;

/** What a device's topic carries: JSON, flattened to paths, to and from typed values. Pure. */
public final class StatePayload {

  private static final int DEEPEST = 4;

  private StatePayload() {}

  /**
   * A device's message by paths; parts of a composite are joined by dots. The composite itself is
   * there as well, as JSON.
   *
   * @throws IllegalArgumentException when this is no JSON object
   */
  public static Map<String, JsonElement> parse(byte[] payload) {
    Map<String, JsonElement> values = new LinkedHashMap<>();
    try {
      JsonElement root = JsonParser.parseString(new String(payload, StandardCharsets.UTF_8));
      flatten("", root.getAsJsonObject(), values, 0);
    } catch (JsonParseException | IllegalStateException | StackOverflowError damaged) {
      throw new IllegalArgumentException("no JSON object", damaged);
    }
    return values;
  }

  private static void flatten(
      String prefix, JsonObject json, Map<String, JsonElement> into, int depth) {
    json.entrySet()
        .forEach(
            entry -> {
              into.put(prefix + entry.getKey(), entry.getValue());
              if (entry.getValue() instanceof JsonObject inner && depth < DEEPEST) {
                flatten(prefix + entry.getKey() + ".", inner, into, depth + 1);
              }
            });
  }

  /** {@code online} or {@code offline}: older versions send the bare word, newer ones an object. */
  public static boolean online(byte[] payload) {
    String text = new String(payload, StandardCharsets.UTF_8).strip();
    if (!text.startsWith("{")) {
      return text.equals("online");
    }
    JsonElement state = parse(payload).get("state");
    return state != null && text(state).equals("online");
  }

  /** A single value's text, anything else as JSON. */
  static String text(JsonElement value) {
    return value instanceof JsonPrimitive single ? single.getAsString() : value.toString();
  }

  /**
   * What the device sent, as the type that a channel asks for.
   *
   * @throws IllegalArgumentException when the type can't hold it
   */
  public static TypedValue<?> typed(JsonElement sent, Exposed exposed, DataType type) {
    if (sent instanceof JsonNull) {
      throw new IllegalArgumentException("the device has no value yet (null)");
    }
    String text = text(sent);
    if (type == DataType.STRING) {
      return TypedValues.newStringValue(text);
    }
    if (exposed.kind() == Exposed.Kind.BINARY || isWord(text, exposed)) {
      if (!text.equals(exposed.on()) && !text.equals(exposed.off())) {
        throw new IllegalArgumentException(
            "'%s' is neither %s nor %s".formatted(text, exposed.on(), exposed.off()));
      }
      return Values.typed(text.equals(exposed.on()), type);
    }
    if (sent instanceof JsonPrimitive single && single.isBoolean()) {
      return Values.typed(single.getAsBoolean(), type);
    }
    return Values.typed(Values.number(TypedValues.newStringValue(text)), type);
  }

  private static boolean isWord(String text, Exposed exposed) {
    return exposed.kind() == Exposed.Kind.ANY
        && (text.equals(exposed.on()) || text.equals(exposed.off()));
  }

  /**
   * The body of {@code NAME/set} for one value.
   *
   * @throws IllegalArgumentException when the value is none that this can be
   */
  public static byte[] set(Exposed exposed, TypedValue<?> value) {
    return nested(exposed.path(), element(exposed, value))
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The body of {@code NAME/get} for one value. */
  public static byte[] get(Exposed exposed) {
    return nested(exposed.path(), new JsonPrimitive(""))
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject nested(String path, JsonElement leaf) {
    JsonObject object = new JsonObject();
    int dot = path.indexOf('.');
    if (dot < 0) {
      object.add(path, leaf);
    } else {
      object.add(path.substring(0, dot), nested(path.substring(dot + 1), leaf));
    }
    return object;
  }

  private static JsonElement element(Exposed exposed, TypedValue<?> value) {
    Object plain = value.getValue();
    return switch (exposed.kind()) {
      case BINARY -> binary(exposed, plain);
      case NUMERIC -> new JsonPrimitive(inRange(exposed, Values.number(value)));
      case ENUM -> new JsonPrimitive(choice(exposed, String.valueOf(plain)));
      case TEXT -> new JsonPrimitive(String.valueOf(plain));
      case ANY ->
          plain instanceof Number number
              ? new JsonPrimitive(number)
              : plain instanceof Boolean flag
                  ? new JsonPrimitive(flag ? exposed.on() : exposed.off())
                  : new JsonPrimitive(String.valueOf(plain));
    };
  }

  private static JsonElement binary(Exposed exposed, Object plain) {
    String word;
    if (plain instanceof String text) {
      if (!text.equals(exposed.on()) && !text.equals(exposed.off())) {
        throw new IllegalArgumentException(
            "'%s' must be %s or %s".formatted(text, exposed.on(), exposed.off()));
      }
      word = text;
    } else {
      boolean on = plain instanceof Number number ? number.doubleValue() != 0 : (Boolean) plain;
      word = on ? exposed.on() : exposed.off();
    }
    // Zigbee2MQTT tells true and false apart from "true" and "false"
    return word.equals("true") || word.equals("false")
        ? new JsonPrimitive(Boolean.valueOf(word))
        : new JsonPrimitive(word);
  }

  private static Number inRange(Exposed exposed, Number number) {
    BigDecimal value = new BigDecimal(number.toString());
    if (exposed.min().filter(m -> value.compareTo(m) < 0).isPresent()
        || exposed.max().filter(m -> value.compareTo(m) > 0).isPresent()) {
      throw new IllegalArgumentException(
          "%s is not within %s to %s %s"
              .formatted(
                  number,
                  exposed.min().map(Object::toString).orElse("-"),
                  exposed.max().map(Object::toString).orElse("-"),
                  exposed.unit())
              .strip());
    }
    return value;
  }

  private static String choice(Exposed exposed, String text) {
    if (!exposed.values().isEmpty() && !exposed.values().contains(text)) {
      throw new IllegalArgumentException("'" + text + "' must be one of " + exposed.values());
    }
    return text;
  }

  /** Whether the device tells the value that was set; numbers are the same in any notation. */
  public static boolean isSame(JsonElement told, Exposed exposed, TypedValue<?> value) {
    String wanted = text(element(exposed, value));
    String got = text(told);
    if (wanted.equals(got)) {
      return true;
    }
    try {
      return new BigDecimal(wanted).compareTo(new BigDecimal(got)) == 0;
    } catch (NumberFormatException noNumbers) {
      return false;
    }
  }
}

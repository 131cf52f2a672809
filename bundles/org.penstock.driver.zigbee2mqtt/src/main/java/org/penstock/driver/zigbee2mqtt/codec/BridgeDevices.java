package org.penstock.driver.zigbee2mqtt.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code bridge/devices} of Zigbee2MQTT 1.17 to 2.x. Pure; what is not understood is left out. */
public final class BridgeDevices {

  private static final int DEEPEST = 4;

  private BridgeDevices() {}

  /**
   * The devices of the list but the coordinator and those that are disabled.
   *
   * @throws IllegalArgumentException when this is no JSON array
   */
  public static List<BridgeDevice> parse(byte[] payload) {
    List<BridgeDevice> devices = new ArrayList<>();
    try {
      JsonElement root = JsonParser.parseString(new String(payload, StandardCharsets.UTF_8));
      for (JsonElement one : root.getAsJsonArray()) {
        if (one.isJsonObject()) {
          device(one.getAsJsonObject()).ifPresent(devices::add);
        }
      }
    } catch (JsonParseException | IllegalStateException | StackOverflowError damaged) {
      throw new IllegalArgumentException("bridge/devices is no list of devices", damaged);
    }
    return devices;
  }

  private static Optional<BridgeDevice> device(JsonObject json) {
    String ieee = text(json, "ieee_address").toLowerCase(Locale.ROOT);
    String name = text(json, "friendly_name");
    if (ieee.isEmpty()
        || name.isEmpty()
        || text(json, "type").equals("Coordinator")
        || flag(json, "disabled", false)) {
      return Optional.empty();
    }
    Map<String, Exposed> exposed = new LinkedHashMap<>();
    boolean defined = json.get("definition") instanceof JsonObject;
    if (defined) {
      collect("", array(json.getAsJsonObject("definition"), "exposes"), exposed, 0);
    }
    return Optional.of(
        new BridgeDevice(
            ieee,
            name,
            defined ? text(json.getAsJsonObject("definition"), "model") : "",
            defined,
            ready(json),
            List.copyOf(exposed.values())));
  }

  /** Older versions tell two flags instead of a state. */
  private static boolean ready(JsonObject json) {
    String state = text(json, "interview_state");
    return state.isEmpty() ? flag(json, "interview_completed", true) : state.equals("SUCCESSFUL");
  }

  private static void collect(
      String prefix, JsonArray exposes, Map<String, Exposed> into, int depth) {
    for (JsonElement one : exposes) {
      if (one instanceof JsonObject json && depth < DEEPEST) {
        String property = text(json, "property");
        String path = prefix.isEmpty() ? property : prefix + "." + property;
        switch (text(json, "type")) {
          case "binary", "numeric", "enum", "text" -> {
            if (!property.isEmpty()) {
              into.putIfAbsent(path, exposed(path, json));
            }
          }
          case "list" -> {
            if (!property.isEmpty()) {
              into.putIfAbsent(path, Exposed.unknown(path));
            }
          }
          // a composite lies within its property, a light's or a switch's features beside it
          case "composite" -> collect(path, array(json, "features"), into, depth + 1);
          default -> collect(prefix, array(json, "features"), into, depth + 1);
        }
      }
    }
  }

  private static Exposed exposed(String path, JsonObject json) {
    List<String> values = new ArrayList<>();
    array(json, "values").forEach(v -> values.add(StatePayload.text(v)));
    Exposed.Kind kind = Exposed.Kind.valueOf(text(json, "type").toUpperCase(Locale.ROOT));
    return new Exposed(
        path,
        kind,
        number(json, "access").map(BigDecimal::intValue).orElse(1),
        text(json, "value_on"),
        text(json, "value_off"),
        values,
        number(json, "value_min"),
        number(json, "value_max"),
        text(json, "unit"));
  }

  private static String text(JsonObject json, String key) {
    JsonElement value = json.get(key);
    return value == null || value.isJsonNull() ? "" : StatePayload.text(value);
  }

  private static boolean flag(JsonObject json, String key, boolean otherwise) {
    String text = text(json, key);
    return text.isEmpty() ? otherwise : text.equals("true");
  }

  private static JsonArray array(JsonObject json, String key) {
    return json.get(key) instanceof JsonArray array ? array : new JsonArray();
  }

  private static Optional<BigDecimal> number(JsonObject json, String key) {
    try {
      return text(json, key).isEmpty()
          ? Optional.empty()
          : Optional.of(new BigDecimal(text(json, key)));
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }
}

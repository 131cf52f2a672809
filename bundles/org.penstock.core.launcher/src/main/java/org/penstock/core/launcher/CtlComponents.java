package org.penstock.core.launcher;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Makes an update of pairs, with the types that the component's properties have. */
final class CtlComponents {

  private static final String ROOT = "/services/configuration/v2/configurableComponents";

  private CtlComponents() {}

  /** The body; empty when a pair is none or names a key that the component does not have. */
  static Optional<String> update(CtlClient client, String pid, List<String> pairs)
      throws IOException, InterruptedException {
    JsonObject wanted = new JsonObject();
    JsonArray pids = new JsonArray();
    pids.add(pid);
    wanted.add("pids", pids);
    CtlClient.Answer now = client.send("POST", ROOT + "/configurations/byPid", wanted.toString());
    JsonObject known = properties(now.body());
    JsonObject changed = new JsonObject();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      JsonElement property = equals <= 0 ? null : known.get(pair.substring(0, equals));
      if (property == null) {
        return Optional.empty();
      }
      String type = property.getAsJsonObject().get("type").getAsString();
      JsonObject next = new JsonObject();
      next.addProperty("type", type);
      next.add("value", value(type, pair.substring(equals + 1)));
      changed.add(pair.substring(0, equals), next);
    }
    JsonObject component = new JsonObject();
    component.addProperty("pid", pid);
    component.add("properties", changed);
    JsonArray all = new JsonArray();
    all.add(component);
    JsonObject body = new JsonObject();
    body.add("configs", all);
    body.addProperty("takeSnapshot", true);
    return Optional.of(body.toString());
  }

  private static JsonObject properties(String body) {
    JsonArray configs = JsonParser.parseString(body).getAsJsonObject().getAsJsonArray("configs");
    return configs == null
            || configs.isEmpty()
            || !configs.get(0).getAsJsonObject().has("properties")
        ? new JsonObject()
        : configs.get(0).getAsJsonObject().getAsJsonObject("properties");
  }

  private static JsonElement value(String type, String text) {
    return switch (type) {
      case "STRING", "PASSWORD", "CHAR" -> new com.google.gson.JsonPrimitive(text);
      default -> JsonParser.parseString(text);
    };
  }
}

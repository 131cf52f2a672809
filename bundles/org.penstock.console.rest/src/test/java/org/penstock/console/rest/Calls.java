package org.penstock.console.rest;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.penstock.api.rest.RestAnswer;
import org.penstock.api.security.Caller;

/** Requests to resources as the dispatcher makes them, without framework and network. */
final class Calls implements AutoCloseable {

  static final Caller ADMIN = new Caller("admin", Set.of(Caller.ADMIN));

  private final JerseyEngine engine;

  Calls(Object... resources) {
    engine = new JerseyEngine(List.of(resources));
  }

  static Caller holding(String... permissions) {
    return new Caller("someone", Set.of(permissions));
  }

  RestAnswer call(Caller caller, String method, String path, String body) {
    return call(caller, method, path, body, Map.of());
  }

  RestAnswer call(
      Caller caller, String method, String path, String body, Map<String, List<String>> more) {
    Map<String, List<String>> headers = new HashMap<>(more);
    if (body != null) {
      headers.put("Content-Type", List.of("application/json"));
    }
    byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    return engine.serve(caller, method, "/services/" + path, headers, bytes);
  }

  JsonElement json(String method, String path, String body) {
    RestAnswer answer = call(ADMIN, method, path, body);
    if (answer.status() != 200) {
      throw new AssertionError(answer.status() + ": " + text(answer));
    }
    return JsonParser.parseString(text(answer));
  }

  static String text(RestAnswer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  static String message(RestAnswer answer) {
    return JsonParser.parseString(text(answer)).getAsJsonObject().get("message").getAsString();
  }

  @Override
  public void close() {
    engine.close();
  }
}

package org.penstock.acceptance.rest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/**
 * Random bodies, paths, queries and headers against every operation: never 500, never a hang. 2,000
 * requests, a million with {@code --all}. Without it a single odd request could show a bug inside.
 */
class FuzzTest {

  private static final int REQUESTS = Boolean.getBoolean("penstock.all") ? 1_000_000 : 2_000;
  private static final Duration ANSWER = Duration.ofSeconds(40);

  /** What stops, restarts or empties the gateway on purpose; and what never ends. */
  private static final List<String> LEFT_OUT =
      List.of(
          "/events",
          "_rollback",
          "bundles/_st",
          "/logout",
          "/login/",
          "systemPackages",
          "/inventory/v1/inventory",
          "/position/");

  private static final String[] WORDS = {
    "name", "pid", "pids", "configs", "properties", "type", "value", "channels", "id", "asset",
    "channel", "edits", "op", "writes", "identity", "and", "or", "not", "names", "kind",
    "arguments", "alias", "permissions", "days", "factoryPid", "interfaceNames", "takeSnapshot"
  };

  private static final String[] SCALARS = {
    "null",
    "true",
    "0",
    "-1",
    "1e999",
    "1.5",
    "9223372036854775808",
    "\"\"",
    "\"pump1\"",
    "\"count\"",
    "\"\\u0000\"",
    "\"STRING\"",
    "\"../../x\"",
    "\"\ud83d\ude00\"",
    "[]",
    "{}",
    "[null]"
  };

  @TempDir Path folder;

  private record Operation(String method, String path, String type) {}

  private static List<Operation> operations(Gateway gateway) {
    JsonObject paths =
        JsonParser.parseString(gateway.get("/api/v1/openapi.json").body())
            .getAsJsonObject()
            .getAsJsonObject("paths");
    List<Operation> all = new ArrayList<>();
    for (Map.Entry<String, JsonElement> path : paths.entrySet()) {
      if (LEFT_OUT.stream().noneMatch(path.getKey()::contains)) {
        for (Map.Entry<String, JsonElement> one : path.getValue().getAsJsonObject().entrySet()) {
          JsonObject body = one.getValue().getAsJsonObject().getAsJsonObject("requestBody");
          String type =
              body == null ? null : body.getAsJsonObject("content").keySet().iterator().next();
          all.add(new Operation(one.getKey().toUpperCase(Locale.ROOT), path.getKey(), type));
        }
      }
    }
    return all;
  }

  private static String json(Random random, int depth) {
    int kind = depth > 3 ? 0 : random.nextInt(4);
    StringBuilder text = new StringBuilder();
    if (kind == 1) {
      text.append('[');
      for (int i = random.nextInt(4); i >= 0; i--) {
        text.append(json(random, depth + 1)).append(i == 0 ? "" : ",");
      }
      return text.append(']').toString();
    }
    if (kind >= 2) {
      text.append('{');
      for (int i = random.nextInt(4); i >= 0; i--) {
        text.append('"').append(WORDS[random.nextInt(WORDS.length)]).append("\":");
        text.append(json(random, depth + 1)).append(i == 0 ? "" : ",");
      }
      return text.append('}').toString();
    }
    return SCALARS[random.nextInt(SCALARS.length)];
  }

  private static String body(Random random) {
    String text = json(random, 0);
    if (random.nextInt(5) == 0 && !text.isEmpty()) {
      char[] broken = text.toCharArray();
      broken[random.nextInt(broken.length)] = (char) (32 + random.nextInt(95));
      return new String(broken);
    }
    return text;
  }

  private static String word(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> "pump1";
      case 1 -> "count";
      case 2 -> "%C3%A4%20%2B";
      case 3 -> "x".repeat(random.nextInt(300) + 1);
      case 4 -> "%23%3F";
      default -> Integer.toString(random.nextInt());
    };
  }

  private static String url(Operation operation, Random random) {
    String path = operation.path();
    while (path.contains("{")) {
      path = path.replaceFirst("\\{[^}]+}", word(random));
    }
    int queries = random.nextInt(3);
    StringBuilder url = new StringBuilder(path);
    for (int i = 0; i < queries; i++) {
      url.append(i == 0 ? '?' : '&');
      String[] names = {"limit", "offset", "sort", "q", "asset", "check", "level", "after", "x"};
      url.append(names[random.nextInt(names.length)]).append('=').append(word(random));
    }
    return url.toString();
  }

  @Test
  void noRequestBringsABugToLight() {
    Seed seed = new Seed().component("toy", "org.penstock.driver.template");
    seed.component("pump1", "org.eclipse.kura.wire.WireAsset", "driver.pid", "toy");
    seed.channel("pump1", "count", "LONG", "address", "counter/a");
    long number = System.nanoTime();
    try (Gateway gateway = new Gateway(folder, seed.xml()).start()) {
      List<Operation> operations = operations(gateway);
      Random random = new Random(number);
      for (int i = 0; i < REQUESTS; i++) {
        Operation operation = operations.get(random.nextInt(operations.size()));
        String url = url(operation, random);
        String text = operation.type() == null ? "" : body(random);
        HttpResponse<String> answer = send(gateway, operation, url, text, random);
        boolean bug = answer.statusCode() == 500 && answer.body().contains("internal error");
        assertTrue(
            !bug && !(answer.statusCode() == 401),
            () ->
                "seed "
                    + number
                    + ": "
                    + operation.method()
                    + " "
                    + url
                    + " "
                    + text
                    + " gave "
                    + answer.statusCode()
                    + " "
                    + answer.body());
      }
      double heap = gateway.figure("core/jvm", "heap.used.bytes");
      assertTrue(heap < 128e6, heap + " bytes of heap");
      assertTrue(gateway.health().get("ready").getAsBoolean());
    }
  }

  private static HttpResponse<String> send(
      Gateway gateway, Operation operation, String url, String text, Random random) {
    HttpRequest.Builder request = gateway.authorised(url).timeout(ANSWER);
    if (operation.type() != null) {
      boolean other = random.nextInt(20) == 0;
      request.header("Content-Type", other ? "text/" + random.nextInt() : operation.type());
    }
    if (random.nextInt(4) == 0) {
      request.header("If-Match", "\"" + random.nextInt() + "\"");
    }
    if (random.nextInt(4) == 0) {
      request.header("Accept", random.nextBoolean() ? "text/html" : "*/*;q=0." + random.nextInt(9));
    }
    return gateway.send(
        request.method(
            operation.method(),
            text.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(text, StandardCharsets.UTF_8)));
  }
}

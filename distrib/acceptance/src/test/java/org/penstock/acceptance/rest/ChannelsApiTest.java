package org.penstock.acceptance.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/** Without it the console's road to values and channels could be broken on the product. */
class ChannelsApiTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir static Path folder;

  private static Gateway gateway;

  @BeforeAll
  static void start() {
    Seed seed = new Seed().component("toy", "org.penstock.driver.template");
    seed.component(
        "pump1",
        "org.eclipse.kura.wire.WireAsset",
        "driver.pid",
        "toy",
        "poll.interval.ms",
        200L,
        "asset.group",
        "north");
    for (String name : List.of("count", "other", "doomed")) {
      seed.channel("pump1", name, "LONG", "address", "counter/" + name);
    }
    seed.channel("pump1", "target", "DOUBLE", "address", "setpoint/a");
    seed.component(
        "pump2",
        "org.eclipse.kura.wire.WireAsset",
        "driver.pid",
        "toy",
        "poll.interval.ms",
        200L,
        "asset.group",
        "south");
    seed.channel("pump2", "south", "LONG", "address", "counter/south");
    seed.channel("pump2", "goal", "DOUBLE", "address", "setpoint/b");
    gateway = new Gateway(folder, seed.xml()).start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static HttpResponse<String> call(
      String method, String path, String json, String... headers) {
    HttpRequest.Builder request = gateway.authorised(path);
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return gateway.send(
        request.method(
            method,
            json == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(json)));
  }

  private static JsonObject ok(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private static JsonObject channel(String name) {
    JsonArray found =
        ok(call("GET", "/api/v1/channels?q=" + name, null)).getAsJsonArray("channels");
    return found.isEmpty() ? null : found.get(0).getAsJsonObject();
  }

  @Test
  void channelsComeByPagesWithValueAndQuality() {
    Await.until(LIMIT, () -> "no value: " + channel("count"), () -> channel("count").has("state"));
    JsonObject state = channel("count").getAsJsonObject("state");
    assertEquals("GOOD", state.get("quality").getAsString());
    assertTrue(state.get("value").getAsLong() > 0);
    JsonObject page =
        ok(call("GET", "/api/v1/channels?asset=pump1&sort=-name&limit=1&offset=1", null));
    assertTrue(page.get("total").getAsInt() >= 3);
    assertEquals(1, page.getAsJsonArray("channels").size());
    assertEquals(0, ok(call("GET", "/api/v1/channels?asset=none", null)).get("total").getAsInt());
    assertEquals(400, call("GET", "/api/v1/channels?limit=0", null).statusCode());
    assertEquals(400, call("GET", "/api/v1/channels?sort=x", null).statusCode());
    assertEquals(400, call("GET", "/api/v1/channels?limit=x", null).statusCode());
    assertTrue(
        gateway.log().stream().noneMatch(l -> l.contains("ParamException")),
        "a caller's fault is no line of the log");
  }

  @Test
  void aWriteReachesTheDevice() {
    assertEquals(
        204, call("PUT", "/api/v1/channels/pump1/target/value", "{\"value\":7.5}").statusCode());
    assertEquals(
        7.5,
        ok(call("GET", "/api/v1/channels/pump1/target/value", null)).get("value").getAsDouble());
    HttpResponse<String> refused =
        call("PUT", "/api/v1/channels/pump1/count/value", "{\"value\":1}");
    assertEquals(502, refused.statusCode(), refused.body());
    assertEquals(
        400, call("PUT", "/api/v1/channels/pump1/target/value", "{\"value\":\"x\"}").statusCode());
    assertEquals(404, call("GET", "/api/v1/channels/pump1/none/value", null).statusCode());
    JsonArray results =
        ok(call(
                "POST",
                "/api/v1/channels/_write",
                "{\"writes\":[{\"asset\":\"pump1\",\"channel\":\"target\",\"value\":\"8\"},"
                    + "{\"asset\":\"pump1\",\"channel\":\"none\",\"value\":1}]}"))
            .getAsJsonArray("results");
    assertTrue(results.get(0).getAsJsonObject().get("ok").getAsBoolean());
    assertFalse(results.get(1).getAsJsonObject().get("ok").getAsBoolean());
  }

  /** Two people change one asset: the second is told, the first one's change stays. */
  @Test
  void aChangeOfWhatWasChangedMeanwhileIsRefused() {
    String path = "/api/v1/channels/pump1/other";
    HttpResponse<String> seen = call("GET", path, null);
    String tag = seen.headers().firstValue("ETag").orElseThrow();
    String bar = "{\"properties\":{\"+unit\":\"bar\"}}";
    HttpResponse<String> first = call("PATCH", path, bar, "If-Match", tag);
    assertEquals(204, first.statusCode(), first.body());
    assertEquals("bar", channel("other").get("unit").getAsString(), "read what was written");
    String metre = bar.replace("bar", "m");
    HttpResponse<String> second = call("PATCH", path, metre, "If-Match", tag);
    assertEquals(412, second.statusCode(), second.body());
    assertEquals("bar", channel("other").get("unit").getAsString());
    HttpResponse<String> third =
        call("PATCH", path, metre, "If-Match", first.headers().firstValue("ETag").orElseThrow());
    assertEquals(204, third.statusCode(), third.body());
  }

  @Test
  void singleChannelsComeAndGo() {
    String made =
        "{\"properties\":{\"+type\":\"READ\",\"+value.type\":\"LONG\",\"address\":\"counter/made\"}}";
    assertEquals(204, call("PUT", "/api/v1/channels/pump1/made", made).statusCode());
    Await.until(LIMIT, () -> "not made", () -> channel("made") != null);
    assertEquals(204, call("DELETE", "/api/v1/channels/pump1/doomed", null).statusCode());
    Await.until(LIMIT, () -> "not removed", () -> channel("doomed") == null);
    assertEquals(404, call("DELETE", "/api/v1/channels/pump1/doomed", null).statusCode());
    assertEquals(400, call("PUT", "/api/v1/channels/pump1/a%23b", made).statusCode());
    assertEquals(400, call("PUT", "/api/v1/channels/pump1/x", "{}").statusCode());
    HttpResponse<String> faulty =
        call(
            "PATCH",
            "/api/v1/channels/pump1/target?check=true",
            "{\"properties\":{\"+type\":\"X\"}}");
    assertEquals(400, faulty.statusCode(), faulty.body());
    assertTrue(faulty.body().contains("\"errors\":[{"), faulty.body());
  }

  /** A watcher sees values as they come, and goes on where his connection broke. */
  @Test
  void valuesAreStreamedAndResumed() {
    String lastId;
    try (Watcher watcher = new Watcher(gateway, "types=values", null)) {
      watcher.awaitEvents("values", 3, LIMIT);
      assertTrue(watcher.data().get(0).startsWith("{\"asset\":\"pump1\""));
      lastId = watcher.lastId();
    }
    try (Watcher again = new Watcher(gateway, "types=values", lastId)) {
      again.awaitEvents("values", 1, LIMIT);
      assertEquals(0, again.count("reset"));
      assertEquals(Watcher.number(lastId) + 1, Watcher.number(again.firstId()));
    }
    try (Watcher late = new Watcher(gateway, "types=values", "old-7")) {
      late.awaitEvents("values", 1, LIMIT);
      assertEquals(1, late.count("reset"));
    }
    assertEquals(401, gateway.send(gateway.request("/api/v1/events?types=values")).statusCode());
    assertEquals(400, call("GET", "/api/v1/events", null).statusCode());
  }

  @Test
  void figuresAndLogAreGiven() {
    HttpResponse<String> metrics = call("GET", "/api/v1/metrics", null);
    assertTrue(metrics.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"));
    assertTrue(
        metrics
            .body()
            .lines()
            .anyMatch(l -> l.matches("penstock_threads\\{source=\"core/jvm\"} \\d+")),
        metrics.body());
    assertTrue(metrics.body().contains("penstock_health{source=\"console/rest\"} 0\n"));
    assertTrue(ok(call("GET", "/api/v1/health", null)).get("ready").getAsBoolean());
    JsonObject log = ok(call("GET", "/api/v1/logs?q=https&level=info&limit=5", null));
    assertTrue(log.get("total").getAsInt() > 0);
    assertEquals(400, call("GET", "/api/v1/logs?level=loud", null).statusCode());
    assertEquals("[]", ok(call("GET", "/api/v1/jobs", null)).get("jobs").toString());
    assertEquals(
        404, call("POST", "/api/v1/jobs", "{\"kind\":\"none\"}").statusCode(), "unknown kind");
  }

  /** Whoever may operate the group north sees and writes its assets by each road, and no others. */
  @Test
  void aTokenForOneGroupOpensThatGroupOnly() {
    JsonObject made = token("assets.read@north", "assets.operate@north");
    String bearer = "Bearer " + made.get("secret").getAsString();
    assertEquals(200, with(bearer, "/api/v1/channels/pump1/count/state"));
    assertEquals(404, with(bearer, "/api/v1/channels/pump2/south/state"));
    assertEquals(404, with(bearer, "/api/v1/channels/pump2/south/value"));
    assertEquals("[\"pump1\"]", as(bearer, "GET", "/services/assets", null).body());
    assertEquals(200, with(bearer, "/services/assets/pump1/_read"));
    assertEquals(404, with(bearer, "/services/assets/pump2"));
    assertEquals(404, with(bearer, "/services/assets/pump2/_read"));
    JsonObject page = ok(as(bearer, "GET", "/api/v1/channels?limit=1000", null));
    assertFalse(page.toString().contains("pump2"), page.toString());
    assertEquals(200, with(bearer, "/api/v1/writes/pump1"));
    assertEquals(404, with(bearer, "/api/v1/writes/pump2"));
    String kura = "{\"channels\":[{\"name\":\"%s\",\"type\":\"DOUBLE\",\"value\":3}]}";
    String ours = "{\"values\":{\"%s\":\"4\"}}";
    for (List<String> road :
        List.of(
            List.of("PUT", "/api/v1/channels/%s/%s/value", "{\"value\":2}"),
            List.of("POST", "/services/assets/%s/_write", kura),
            List.of("POST", "/api/v1/writes/%s", ours))) {
      String own = road.get(1).formatted("pump1", "target");
      int allowed = as(bearer, road.get(0), own, road.get(2).formatted("target")).statusCode();
      assertTrue(allowed == 200 || allowed == 204, own + " gave " + allowed);
      String others = road.get(1).formatted("pump2", "goal");
      assertEquals(
          404, as(bearer, road.get(0), others, road.get(2).formatted("goal")).statusCode(), others);
    }
    try (Watcher watcher = new Watcher(gateway, bearer, "types=values", null)) {
      watcher.awaitEvents("values", 3, LIMIT);
      assertTrue(watcher.data().stream().noneMatch(d -> d.contains("pump2")));
    }
    assertEquals(403, with(bearer, "/services/configuration/v2/snapshots"));
    String id = made.getAsJsonObject("token").get("id").getAsString();
    assertEquals(204, call("DELETE", "/api/v1/tokens/" + id, null).statusCode());
    assertEquals(401, with(bearer, "/api/v1/channels/pump1/count/state"));
  }

  /** Who may read a group only writes nothing there. */
  @Test
  void aTokenThatReadsWritesNothing() {
    String bearer = "Bearer " + token("assets.read@north").get("secret").getAsString();
    String kura = "{\"channels\":[{\"name\":\"target\",\"type\":\"DOUBLE\",\"value\":3}]}";
    assertEquals(403, as(bearer, "POST", "/services/assets/pump1/_write", kura).statusCode());
    assertEquals(
        403,
        as(bearer, "PUT", "/api/v1/channels/pump1/target/value", "{\"value\":2}").statusCode());
    assertEquals(
        403,
        as(bearer, "POST", "/api/v1/writes/pump1", "{\"values\":{\"target\":\"4\"}}").statusCode());
  }

  private static JsonObject token(String... permissions) {
    HttpResponse<String> made =
        call(
            "POST",
            "/api/v1/tokens",
            "{\"name\":\"t\",\"permissions\":[\""
                + String.join("\",\"", permissions)
                + "\"],\"days\":1}");
    assertEquals(201, made.statusCode(), made.body());
    return JsonParser.parseString(made.body()).getAsJsonObject();
  }

  private static HttpResponse<String> as(String bearer, String method, String path, String json) {
    HttpRequest.Builder request = gateway.request(path).header("Authorization", bearer);
    return gateway.send(
        json == null
            ? request.method(method, HttpRequest.BodyPublishers.noBody())
            : request
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json)));
  }

  private static int with(String bearer, String path) {
    return gateway.send(gateway.request(path).header("Authorization", bearer)).statusCode();
  }
}

package org.penstock.acceptance.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.CommandLine;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/**
 * Taps, injections and several named graphs on the assembled product. Without it nobody could see what goes
 * over a wire, try a component by hand, or keep two flows apart.
 */
class FlowsTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String FLOWS = "/api/v1/flows";
  private static final String WIRE = "org.eclipse.kura.wire.";

  @TempDir static Path folder;

  private static Gateway gateway;

  @BeforeAll
  static void start() {
    Seed seed = new Seed().component("toy", "org.penstock.driver.template");
    seed.component("pump", WIRE + "WireAsset", "driver.pid", "toy");
    seed.channel("pump", "kept", "LONG", "address", "counter/kept");
    seed.channel("pump", "target", "DOUBLE", "address", "setpoint/a");
    gateway = new Gateway(folder, seed.xml()).start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  /** A graph as it is put: components with what they are given, and the wires. */
  private static final class Drawing {
    private final List<Object> nodes = new ArrayList<>();
    private final List<Object> wires = new ArrayList<>();
    private final List<Object> configs = new ArrayList<>();

    Drawing put(String pid, int in, int out, String factory, Object... keysAndValues) {
      nodes.add(Map.of("pid", pid, "inputPortCount", in, "outputPortCount", out));
      Map<String, Object> properties = new TreeMap<>();
      for (int i = 0; i < keysAndValues.length; i += 2) {
        Object value = keysAndValues[i + 1];
        String type = value instanceof Integer ? "INTEGER" : value.getClass().getSimpleName();
        properties.put(
            (String) keysAndValues[i], Map.of("type", type.toUpperCase(), "value", value));
      }
      configs.add(Map.of("pid", pid, "factoryPid", factory, "properties", properties));
      return this;
    }

    Drawing wire(String from, String to) {
      wires.add(Map.of("emitter", from, "emitterPort", 0, "receiver", to, "receiverPort", 0));
      return this;
    }

    String json(String graphPid) {
      Gson gson = new Gson();
      String graph = gson.toJson(Map.of("components", nodes, "wires", wires));
      List<Object> all = new ArrayList<>(configs);
      all.add(
          Map.of(
              "pid",
              graphPid,
              "properties",
              Map.of("WireGraph", Map.of("type", "STRING", "value", graph))));
      return gson.toJson(Map.of("configs", all));
    }

    HttpResponse<String> to(String name) {
      String pid = name.equals("main") ? WIRE + "graph.WireGraphService" : name;
      return gateway.send("PUT", FLOWS + "/" + name, json(pid));
    }
  }

  private static Drawing filters(String prefix) {
    return new Drawing()
        .put(prefix + "In", 1, 1, WIRE + "RegexFilter")
        .put(prefix + "Out", 1, 1, WIRE + "RegexFilter")
        .wire(prefix + "In", prefix + "Out");
  }

  private static JsonObject ok(HttpResponse<String> answer) {
    assertEquals(2, answer.statusCode() / 100, answer.statusCode() + " " + answer.body());
    return answer.body().isEmpty()
        ? new JsonObject()
        : JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private static void refused(int status, String word, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains(word), answer.body());
  }

  private static void named(String name) {
    ok(gateway.send("POST", FLOWS + "/" + name, ""));
    Await.until(
        LIMIT, () -> "no graph " + name, () -> gateway.get(FLOWS + "/" + name).statusCode() == 200);
  }

  private static void awaitWhole(String name) {
    Await.until(
        LIMIT,
        () -> gateway.get(FLOWS).body(),
        () -> {
          for (JsonElement one : ok(gateway.get(FLOWS)).getAsJsonArray("flows")) {
            JsonObject flow = one.getAsJsonObject();
            if (flow.get("name").getAsString().equals(name)) {
              return flow.getAsJsonArray("missing").isEmpty()
                  && flow.getAsJsonArray("waiting").isEmpty();
            }
          }
          return false;
        });
  }

  private static HttpResponse<String> delete(String path) {
    return gateway.send(gateway.authorised(path).DELETE());
  }

  private static JsonArray heard(String tap, long after) {
    return ok(gateway.get(tap + "?after=" + after)).getAsJsonArray("heard");
  }

  private static boolean isThere(String pid) {
    return gateway
        .get("/services/configuration/v2/configurableComponents")
        .body()
        .contains("\"" + pid + "\"");
  }

  private static final String ONE =
      "{\"records\":[{\"n\":{\"type\":\"INTEGER\",\"value\":7}}],\"side\":\"input\"}";

  @Test
  void aTapHearsWhatIsInjectedOnBothSidesOfAComponentUntilItIsEnded() {
    named("taps");
    ok(filters("t").to("taps"));
    awaitWhole("taps");
    String in = FLOWS + "/taps/components/tIn";
    String tap = FLOWS + "/taps/components/tOut/tap";
    assertEquals(0, heard(tap, 0).size(), "the first call begins to listen");
    assertEquals(
        1, ok(gateway.send("POST", in + "/inject", ONE)).get("receivers").getAsInt(), "itself");
    JsonObject first = heard(tap, 0).get(0).getAsJsonObject();
    assertEquals("tIn", first.get("emitter").getAsString());
    assertEquals("tOut", first.get("receiver").getAsString());
    assertEquals(
        "{\"n\":{\"type\":\"INTEGER\",\"value\":7}}",
        first.getAsJsonArray("records").get(0).toString());
    long number = first.get("number").getAsLong();
    String asOutput = ONE.replace("input", "output").replace(":7", ":8");
    assertEquals(1, ok(gateway.send("POST", in + "/inject", asOutput)).get("receivers").getAsInt());
    JsonArray later = heard(tap, number);
    assertEquals(1, later.size(), "only what came since: " + later);
    assertTrue(later.toString().contains(":8}"), later.toString());
    ok(delete(tap));
    ok(gateway.send("POST", in + "/inject", ONE));
    assertEquals(0, heard(tap, 0).size(), "an ended tap hears nothing");
    ok(delete(tap));
    JsonObject state = ok(gateway.get(FLOWS + "/taps"));
    assertTrue(state.toString().contains("\"received\":3"), "counted as others: " + state);
  }

  @Test
  void whatCannotBeInjectedIsRefusedWithWhatToGive() {
    named("inject");
    ok(filters("i").to("inject"));
    awaitWhole("inject");
    String inject = FLOWS + "/inject/components/iIn/inject";
    refused(400, "records are missing", gateway.send("POST", inject, "{}"));
    refused(400, "n must have type", gateway.send("POST", inject, ONE.replace("INTEGER", "INT")));
    refused(400, "input or output", gateway.send("POST", inject, ONE.replace("input", "middle")));
    refused(
        404,
        "has no component nobody",
        gateway.send("POST", FLOWS + "/inject/components/nobody/inject", ONE));
    refused(404, "no graph nowhere", gateway.get(FLOWS + "/nowhere"));
  }

  @Test
  void namedGraphsLiveBesideEachOtherAndSurviveARestart() {
    for (String name : List.of("north", "south")) {
      named(name);
      ok(filters(name).put("tied", 1, 1, WIRE + "WireAsset").wire(name + "Out", "tied").to(name));
      awaitWhole(name);
    }
    refused(
        400,
        "northIn belongs to the graph north",
        filters("south").put("northIn", 1, 1, WIRE + "RegexFilter").to("south"));
    refused(
        400,
        "circle",
        filters("south")
            .put("tied", 1, 1, WIRE + "WireAsset")
            .wire("southOut", "tied")
            .wire("tied", "southIn")
            .to("south"));
    gateway.stop();
    gateway.start();
    awaitWhole("north");
    awaitWhole("south");
    ok(delete(FLOWS + "/north"));
    Await.until(LIMIT, () -> "northIn stays", () -> !isThere("northIn") && !isThere("north"));
    assertTrue(isThere("southIn"), "the other graph stays whole");
    awaitWhole("south");
    ok(delete(FLOWS + "/south"));
    Await.until(
        LIMIT,
        () -> gateway.get(FLOWS).body(),
        () -> gateway.get(FLOWS + "/south").statusCode() == 404);
  }

  /** A PUT once merged: channels that were taken out of an asset stayed. */
  @Test
  void aPutGraphMakesAnAssetAnewWhoseChannelsWereTakenOut() {
    named("assets");
    ok(asset("one", "two").to("assets"));
    awaitWhole("assets");
    assertTrue(configuration("tank").contains("two#+name"), configuration("tank"));
    ok(asset("one").to("assets"));
    awaitWhole("assets");
    Await.until(
        LIMIT, () -> configuration("tank"), () -> configuration("tank").contains("one#+name"));
    assertFalse(configuration("tank").contains("two#"), configuration("tank"));
    assertTrue(configuration("tank").contains("toy"), configuration("tank"));
    ok(delete(FLOWS + "/assets"));
  }

  private static Drawing asset(String... channels) {
    List<Object> given = new ArrayList<>(List.of("driver.pid", "toy"));
    for (String channel : channels) {
      given.addAll(List.of(channel + "#+name", channel, channel + "#+type", "READ"));
      given.addAll(List.of(channel + "#+value.type", "LONG", channel + "#+enabled", true));
      given.addAll(List.of(channel + "#address", "counter/" + channel));
    }
    return new Drawing().put("tank", 1, 1, WIRE + "WireAsset", given.toArray());
  }

  private static String configuration(String pid) {
    return gateway
        .send(
            "POST",
            "/services/configuration/v2/configurableComponents/configurations/byPid",
            "{\"pids\":[\"" + pid + "\"]}")
        .body();
  }

  /** Was taken with 204, and showed only when the timer became a CRON one. */
  @Test
  void aTimeTableThatIsNoneIsRefusedAlsoForASimpleTimer() {
    ok(
        gateway.send(
            "POST",
            "/services/configuration/v2/factoryComponents",
            "{\"configs\":[{\"pid\":\"clock\",\"factoryPid\":\"" + WIRE + "Timer\"}]}"));
    Await.until(LIMIT, () -> "no timer", () -> isThere("clock"));
    HttpRequest.Builder request =
        gateway
            .authorised("/api/v1/configurations/clock")
            .header("Content-Type", "application/json")
            .header("If-Match", "*")
            .method(
                "PATCH",
                HttpRequest.BodyPublishers.ofString(
                    "{\"properties\":{\"cron.interval\":"
                        + "{\"type\":\"STRING\",\"value\":\"whenever\"}}}"));
    HttpResponse<String> answer = gateway.send(request);
    refused(400, "cron.interval", answer);
    assertFalse(configuration("clock").contains("whenever"), configuration("clock"));
  }

  /** Words of the command line that the tests of deployment leave out. */
  @Test
  void theCommandLineReadsAndWritesAssetsAndShowsTheRest() {
    CommandLine ctl = new CommandLine(folder);
    String at = gateway.address();
    assertTrue(ctl.run(at, "assets").out().contains("pump"));
    CommandLine.Ended read = ctl.run(at, "assets", "read", "pump", "kept");
    assertEquals(0, read.status(), read::out);
    assertTrue(read.out().matches("(?s)kept\\s+\\d+\\s+LONG.*"), read::out);
    CommandLine.Ended written = ctl.run(at, "assets", "write", "pump", "target", "DOUBLE", "4.5");
    assertEquals(0, written.status(), written::out);
    assertTrue(ctl.run(at, "assets", "read", "pump", "target").out().contains("4.5"));
    assertTrue(ctl.run(at, "components").out().contains("org.penstock.driver.template"));
    named("shown");
    assertTrue(ctl.run(at, "flows").out().contains("shown"));
    ok(filters("s").to("shown"));
    assertTrue(ctl.run(at, "flows", "shown").out().contains("sOut"));
    assertEquals(5, ctl.run(at, "flows", "nowhere").status());
    assertEquals(0, ctl.run(at, "clouds", "--json").status());
    assertTrue(ctl.run(at, "snapshots", "take").out().matches("(?s).*\\d{10,}.*"));
    assertEquals(5, ctl.run(at, "snapshots", "rollback", "12345").status());
    assertTrue(ctl.run(at, "logs").out().length() > 0);
  }

  /** If deleted: whoever watches a box from a terminal could see nothing, or only the past. */
  @Test
  void theCommandLineFollowsTheLog() throws Exception {
    Process following = new CommandLine(folder).start(gateway.address(), "logs", "--follow");
    try {
      ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
      Thread reading =
          new Thread(() -> following.inputReader().lines().forEach(lines::add), "test/follow");
      reading.setDaemon(true);
      reading.start();
      Await.until( // it may begin later than the first of these
          Duration.ofSeconds(60),
          () -> "followed: " + lines,
          () -> {
            gateway.send("POST", "/api/v1/snapshots", "{\"name\":\"followed\"}");
            return lines.stream().anyMatch(line -> line.contains("/api/v1/snapshots 201"));
          });
      assertTrue(following.isAlive(), "it goes on until it is interrupted");
    } finally {
      following.destroy();
    }
    assertTrue(following.waitFor(20, TimeUnit.SECONDS), "it does not end");
  }

  /** A second graph of that name took the main graph's wires for its own and deleted them. */
  @Test
  void aNamedGraphIsNotCalledMain() {
    HttpResponse<String> refused = gateway.send("POST", FLOWS + "/main", "");
    assertEquals(400, refused.statusCode(), refused::body);
    assertTrue(refused.body().contains("main is always there"), refused::body);
  }
}

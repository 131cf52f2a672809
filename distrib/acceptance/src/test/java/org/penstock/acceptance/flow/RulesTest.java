package org.penstock.acceptance.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From sensing to action without a person: a device, rules and a broker. If deleted: the parts could
 * each work and the loop be open.
 */
@Tag("beside")
class RulesTest {

  @TempDir static Path folder;
  private static PumpPlant plant;

  @BeforeAll
  static void start() {
    plant = new PumpPlant(folder);
  }

  @AfterAll
  static void stop() {
    plant.close();
  }

  @Test
  void aDryPumpIsStoppedAndStaysStopped() {
    assertEquals("1", plant.value("pump/run"));
    plant.device.holding(1, PumpPlant.LEVEL, 5);
    plant.until("the pump runs dry", () -> "0".equals(plant.value("pump/run")));
    plant.device.holding(1, PumpPlant.RUN, 1);
    plant.until("the interlock is gone", () -> "0".equals(plant.value("pump/run")));
    plant.device.holding(1, PumpPlant.LEVEL, 100);
    plant.until("the rule stays", () -> rule("dry").contains("\"active\":false"));
    plant.device.holding(1, PumpPlant.RUN, 1);
    plant.until("it cannot run again", () -> "1".equals(plant.value("pump/run")));
  }

  private static String rule(String pid) {
    return plant.gateway.get("/api/v1/rules/" + pid).body().replace(" ", "");
  }

  @Test
  void aHotBearingRaisesAnAlarmSlowsThePumpAndOrdersWork() {
    plant.device.holding(1, PumpPlant.TEMPERATURE, 90);
    plant.until("the alarm is not raised", () -> plant.state("hot").equals("UNACKNOWLEDGED"));
    plant.until("the pump is not slowed", () -> "750".equals(plant.value("pump/speed")));
    plant.until("there is no work order", () -> plant.received("\"type\":\"workOrder\""));
    plant.until("the formula does not follow", () -> "1500".equals(plant.value("calc/double")));
    plant.until(
        "the alarm is not published",
        () -> plant.received("\"kind\":\"RAISED\"") && plant.received("\"alarm\":\"hot\""));
    assertTrue(
        plant.received("\"cause\":\"pump/temperature \\u003e 80\"")
            || plant.received("\"cause\":\"pump/temperature > 80\""));
    JsonObject acknowledged =
        PumpPlant.json(
                plant.gateway.send(
                    "POST", "/api/v1/alarms/hot/acknowledge", "{\"comment\":\"on my way\"}"))
            .getAsJsonObject();
    assertEquals("ACKNOWLEDGED", acknowledged.get("state").getAsString());
    assertEquals("admin", acknowledged.get("by").getAsString());
    PumpPlant.json(plant.gateway.send("POST", "/api/v1/alarms/hot/shelve", "{\"minutes\":5}"));
    assertEquals("SHELVED", plant.state("hot"));
    assertEquals(
        400,
        plant.gateway.send("POST", "/api/v1/alarms/hot/shelve", "{\"minutes\":5000}").statusCode());
    PumpPlant.json(plant.gateway.send("POST", "/api/v1/alarms/hot/unshelve", "{}"));
    plant.gateway.kill();
    plant.gateway.start();
    assertEquals("ACKNOWLEDGED", plant.state("hot"), "an alarm outlasts kill -9");
    plant.device.holding(1, PumpPlant.TEMPERATURE, 40);
    plant.until("the alarm stays", () -> plant.state("hot").equals("NORMAL"));
    String journal = plant.gateway.get("/api/v1/alarms/_journal?alarm=hot").body();
    for (String kind : List.of("RAISED", "ACKNOWLEDGED", "SHELVED", "UNSHELVED", "CLEARED")) {
      assertTrue(journal.contains(kind), kind + " is not in " + journal);
    }
    assertTrue(journal.contains("on my way"), journal);
  }

  @Test
  void whatRunsLowIsOrdered() {
    plant.device.holding(1, PumpPlant.STOCK, 4);
    plant.until("nothing is ordered", () -> plant.received("order 16"));
    plant.until("the tag is not set", () -> "true".equals(plant.value("calc/ordered", "BOOLEAN")));
    plant.device.holding(1, PumpPlant.STOCK, 20);
    plant.until("the tag stays", () -> "false".equals(plant.value("calc/ordered", "BOOLEAN")));
  }

  /** A drawn rule: in the palette, applied as a graph, sends on what it decides. */
  @Test
  void aRuleIsDrawnIntoAWireGraph() {
    String kinds =
        plant.gateway.get("/services/wire/v1/metadata/wireComponents/definitions").body();
    assertTrue(kinds.contains("\"org.penstock.flow.rule.wire\""), kinds);
    assertTrue(kinds.contains("\"record.properties\""), kinds);
    assertTrue(kinds.contains("\"while\""), kinds);
    String graph =
        "{\"components\":[{\"pid\":\"pump\",\"inputPortCount\":1,\"outputPortCount\":1},"
            + "{\"pid\":\"drawn\",\"inputPortCount\":1,\"outputPortCount\":3},"
            + "{\"pid\":\"heard\",\"inputPortCount\":1,\"outputPortCount\":0}],\"wires\":["
            + "{\"emitter\":\"pump\",\"emitterPort\":0,\"receiver\":\"drawn\",\"receiverPort\":0},"
            + "{\"emitter\":\"drawn\",\"emitterPort\":0,\"receiver\":\"heard\",\"receiverPort\":0}]}";
    JsonArray configs = new JsonArray();
    configs.add(config(PumpPlant.WIRE + "graph.WireGraphService", "", "WireGraph", graph));
    configs.add(config("heard", PumpPlant.WIRE + "Logger"));
    configs.add(
        config(
            "drawn",
            "org.penstock.flow.rule.wire",
            "record.properties",
            "wired: INTEGER",
            "when",
            "wired > 5 && pump/level > 0",
            "alarm",
            "FOLLOW"));
    JsonObject whole = new JsonObject();
    whole.add("configs", configs);
    String faulty = whole.toString().replace("wired > 5", "wird > 5");
    HttpResponse<String> refused = plant.gateway.send("PUT", "/api/v1/flows/main", faulty);
    assertEquals(400, refused.statusCode(), refused::body);
    assertTrue(refused.body().contains("drawn, when: "), refused::body);
    assertTrue(refused.body().contains("did you mean wired?"), refused::body);
    HttpResponse<String> put = plant.gateway.send("PUT", "/api/v1/flows/main", whole.toString());
    assertEquals(200, put.statusCode(), put::body);
    plant.until(
        "it gets nothing",
        () -> rule("drawn").contains("\"references\":[\"pump/level\",\"wired\"]"));
    assertEquals("none", plant.state("drawn"));
    HttpResponse<String> wrong = patch("drawn", "when", "wird > 5");
    assertEquals(400, wrong.statusCode(), wrong::body);
    assertTrue(wrong.body().contains("did you mean wired?"), wrong::body);
    plant.device.holding(1, PumpPlant.WIRED, 9);
    plant.until("it does not fire", () -> plant.state("drawn").equals("UNACKNOWLEDGED"));
    plant.until(
        "it sends nothing on: " + plant.gateway.get("/api/v1/flows/main").body(),
        () -> plant.gateway.get("/api/v1/flows/main").body().contains("ruleActive"));
    plant.device.holding(1, PumpPlant.WIRED, 0);
    plant.until("it stays", () -> plant.state("drawn").equals("RETURNED_UNACKNOWLEDGED"));
  }

  private static JsonObject config(String pid, String factory, String... pairs) {
    JsonObject properties = new JsonObject();
    for (int i = 0; i < pairs.length; i += 2) {
      JsonObject value = new JsonObject();
      value.addProperty("type", "STRING");
      value.addProperty("value", pairs[i + 1]);
      properties.add(pairs[i], value);
    }
    JsonObject config = new JsonObject();
    config.addProperty("pid", pid);
    if (!factory.isEmpty()) {
      config.addProperty("factoryPid", factory);
    }
    config.add("properties", properties);
    return config;
  }

  /** While an operator holds a channel a rule is refused and says by whom; it may again afterwards. */
  @Test
  void anOperatorIsStrongerThanARule() {
    String writes = "/api/v1/writes/pump";
    operatorWrites(writes, "7");
    put(
        "weaker",
        "when",
        "pump/level > 0",
        "write.channel",
        "pump/held",
        "write.value",
        "3",
        "repeat.ms",
        100);
    plant.until("the rule is not refused", () -> rule("weaker").contains("refused:"));
    assertTrue(rule("weaker").contains("admin"), () -> rule("weaker"));
    assertEquals("7", plant.value("pump/held"));
    assertEquals(
        200,
        plant.gateway.send(plant.gateway.authorised(writes + "/held/hold").DELETE()).statusCode());
    plant.until("the rule does not write", () -> "3".equals(plant.value("pump/held")));
    operatorWrites(writes, "8");
    plant.until("the operator does not take over", () -> "8".equals(plant.value("pump/held")));
    assertEquals(204, plant.gateway.send("DELETE", "/api/v1/rules/weaker", "").statusCode());
  }

  private static void operatorWrites(String writes, String value) {
    HttpResponse<String> written =
        plant.gateway.send("POST", writes, "{\"values\":{\"held\":\"" + value + "\"}}");
    assertTrue(written.body().contains("WRITTEN"), written::body);
    plant.until("it is not written", () -> value.equals(plant.value("pump/held")));
  }

  /** It stayed active for ever: nobody could clear it any longer. */
  @Test
  void anAlarmReturnsToNormalWhenItsRuleIsDeleted() {
    put("gone", "when", "pump/level > 0", "alarm", "FOLLOW");
    plant.until("it is not raised", () -> plant.state("gone").equals("UNACKNOWLEDGED"));
    PumpPlant.json(plant.gateway.send("POST", "/api/v1/alarms/gone/acknowledge", "{}"));
    assertEquals(204, plant.gateway.send("DELETE", "/api/v1/rules/gone", "").statusCode());
    plant.until("it stays", () -> plant.state("gone").equals("NORMAL"));
    String journal = plant.gateway.get("/api/v1/alarms/_journal?alarm=gone").body();
    assertTrue(journal.contains("the rule was deleted"), journal);
  }

  /** Nobody was there to take its alarm along. */
  @Test
  void anAlarmReturnsToNormalThoughItsRuleWasDeletedWhileTheBundleStoodStill() {
    put("left", "when", "pump/level > 0", "alarm", "FOLLOW");
    plant.until("it is not raised", () -> plant.state("left").equals("UNACKNOWLEDGED"));
    PumpPlant.json(plant.gateway.send("POST", "/api/v1/alarms/left/acknowledge", "{}"));
    bundle("_stop");
    HttpResponse<String> deleted =
        plant.gateway.send(
            "DELETE",
            "/services/configuration/v2/factoryComponents/byPid",
            "{\"pids\":[\"left\"],\"takeSnapshot\":true}");
    assertEquals(200, deleted.statusCode(), deleted::body);
    bundle("_start");
    plant.until(
        "alarms do not come back", () -> plant.gateway.get("/api/v1/alarms").statusCode() == 200);
    plant.until("it stays", () -> plant.state("left").equals("NORMAL"));
  }

  private static void bundle(String what) {
    HttpResponse<String> done =
        plant.gateway.send(
            "POST",
            "/services/inventory/v1/bundles/" + what,
            "{\"name\":\"org.penstock.flow.rules\"}");
    assertTrue(done.statusCode() / 100 == 2, done::body);
  }

  /**
   * Killed after 12 of 20 s; a timer that began anew would end 20 s after the restart. A window of before still
   * holds what it held.
   */
  @Test
  void aTimerThatRunsOutlastsAKill() {
    plant.device.holding(1, PumpPlant.PEAK, 60);
    plant.until("the peak is not seen", () -> "60".equals(plant.value("pump/peak")));
    plant.device.holding(1, PumpPlant.PEAK, 0);
    plant.device.holding(1, PumpPlant.LEVEL, 300);
    Instant begun = Instant.now();
    plant.until("the value is not seen", () -> "300".equals(plant.value("pump/level")));
    plant.until(
        "it was raised too early",
        () -> plant.state("waits").equals("none") && Instant.now().isAfter(begun.plusSeconds(12)));
    plant.gateway.kill();
    plant.gateway.start();
    Instant ready = Instant.now();
    plant.until("it is not raised", () -> plant.state("waits").equals("UNACKNOWLEDGED"));
    Instant raised =
        Instant.parse(plant.alarm("waits").orElseThrow().get("activeAt").getAsString());
    Instant due = begun.plusSeconds(20);
    Instant latest = (ready.isAfter(due) ? ready : due).plusSeconds(10);
    assertTrue(raised.isBefore(latest), () -> "due at " + due + ", raised at " + raised);
    assertTrue(
        raised.isAfter(due.minusSeconds(1)), () -> "due at " + due + ", raised at " + raised);
    plant.device.holding(1, PumpPlant.LEVEL, 100);
    plant.until("the alarm stays", () -> !plant.state("waits").equals("UNACKNOWLEDGED"));
    assertEquals("none", plant.state("peaked"));
    plant.device.holding(1, PumpPlant.GO, 1);
    plant.until("the window is forgotten", () -> plant.state("peaked").equals("UNACKNOWLEDGED"));
    plant.device.holding(1, PumpPlant.GO, 0);
  }

  @Test
  void whatIsWrongIsRefusedWhenSavedAndLoopsAreCutAndNamed() {
    HttpResponse<String> refused =
        plant.gateway.send(
            "PUT",
            "/api/v1/rules/wrong",
            "{\"properties\":{\"when\":\"pump/sped > 1\",\"write.channel\":\"pump/nix\"}}");
    assertEquals(422, refused.statusCode(), refused::body);
    assertTrue(refused.body().contains("did you mean pump/speed?"), refused.body());
    assertTrue(refused.body().contains("there is no channel pump/nix"), refused.body());
    HttpResponse<String> always =
        plant.gateway.send("PUT", "/api/v1/rules/wrong", "{\"properties\":{\"when\":\"1 > 2\"}}");
    assertEquals(422, always.statusCode(), always::body);
    assertTrue(always.body().contains("name a channel"), always.body());
    HttpResponse<String> circle = patch("calc", "double#formula", "calc/ordered ? calc/double : 0");
    assertEquals(400, circle.statusCode(), circle::body);
    assertTrue(circle.body().contains("in a circle: calc/double -> calc/double"), circle.body());
    String words = plant.gateway.get("/api/v1/rules/_words").body();
    assertTrue(words.contains("\"hysteresis\"") && words.contains("\"pump/speed\""), words);
    save("ping", "pump/ping == pump/pong", "pump/ping", "pump/pong + 1");
    String warned = save("pong", "pump/ping != pump/pong", "pump/pong", "pump/ping");
    assertTrue(warned.contains("rules act in a circle"), warned);
    plant.until(
        "the loop is not cut",
        () -> (rule("ping") + rule("pong")).contains("cutoff,becauserulesactoneachother"));
    assertEquals(204, plant.gateway.send("DELETE", "/api/v1/rules/ping", "").statusCode());
    assertEquals(204, plant.gateway.send("DELETE", "/api/v1/rules/pong", "").statusCode());
  }

  private static HttpResponse<String> patch(String pid, String key, String value) {
    JsonObject body = new JsonObject();
    body.add("properties", config("", "", key, value).get("properties"));
    return plant.gateway.send(
        plant
            .gateway
            .authorised("/api/v1/configurations/" + pid)
            .header("Content-Type", "application/json")
            .header("If-Match", "*")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  /** An hour that is made up, in a moment; and one that is too long for anybody's patience. */
  @Test
  void aSimulationIsAJobThatTellsTheDifferenceAndCanBeStopped() {
    String hour = "\"from\":\"2026-11-27T12:00:00Z\",\"until\":\"2026-11-27T13:00:00Z\"";
    JsonObject done = simulated(hour, 1000);
    plant.until("it does not end", () -> !job(done).get("state").getAsString().equals("RUNNING"));
    JsonObject ended = job(done);
    assertEquals("SUCCEEDED", ended.get("state").getAsString(), ended::toString);
    JsonObject result = ended.getAsJsonObject("result");
    assertEquals(3600, result.get("events").getAsInt());
    assertTrue(result.get("took").getAsDouble() < 360, result::toString);
    assertEquals(12, result.get("after").getAsInt(), result::toString);
    assertTrue(result.toString().contains("2026-11-27T12:00:10Z"), result::toString);
    assertEquals("none", plant.state("new"), "nothing is raised by a simulation");
    String months = "\"from\":\"2026-01-01T00:00:00Z\",\"until\":\"2026-08-01T00:00:00Z\"";
    JsonObject longer = simulated(months, 1000);
    String path = "/api/v1/jobs/" + longer.get("id").getAsString();
    assertEquals(202, plant.gateway.send("DELETE", path, "").statusCode());
    plant.until(
        "it is not stopped", () -> job(longer).get("state").getAsString().equals("CANCELLED"));
  }

  private static JsonObject job(JsonObject started) {
    return PumpPlant.json(plant.gateway.get("/api/v1/jobs/" + started.get("id").getAsString()))
        .getAsJsonObject();
  }

  private static JsonObject simulated(String time, int everyMs) {
    HttpResponse<String> started =
        plant.gateway.send(
            "POST",
            "/api/v1/rules/_simulations",
            """
            {"generated": {%s, "signals": [{"channel": "pump/temperature", "shape": "SQUARE",
              "low": 20, "high": 70, "periodMs": 600000, "everyMs": %d}]},
             "rules": {"new": {"when": "held(pump/temperature > 60, 10 s)", "alarm": "FOLLOW"}}}
            """
                .formatted(time, everyMs));
    assertEquals(202, started.statusCode(), started::body);
    return JsonParser.parseString(started.body()).getAsJsonObject();
  }

  private static String save(String pid, String when, String channel, String value) {
    return put(pid, "when", when, "write.channel", channel, "write.value", value);
  }

  private static String put(String pid, Object... pairs) {
    JsonObject properties = new JsonObject();
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i + 1] instanceof Integer number) {
        properties.addProperty((String) pairs[i], number);
      } else {
        properties.addProperty((String) pairs[i], (String) pairs[i + 1]);
      }
    }
    JsonObject body = new JsonObject();
    body.add("properties", properties);
    HttpResponse<String> saved = plant.gateway.send("PUT", "/api/v1/rules/" + pid, body.toString());
    assertEquals(200, saved.statusCode(), saved::body);
    return saved.body();
  }
}

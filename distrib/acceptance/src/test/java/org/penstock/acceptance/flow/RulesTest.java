package org.penstock.acceptance.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Device;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Inbox;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.Seed;

/**
 * From sensing to action without a person: a device, rules and a broker. If deleted: the parts could
 * each work and the loop be open.
 */
class RulesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String RULE = "org.penstock.flow.rule";
  private static final String WIRE = "org.eclipse.kura.wire.";
  private static final int LEVEL = 0;
  private static final int TEMPERATURE = 1;
  private static final int SPEED = 2;
  private static final int STOCK = 3;
  private static final int RUN = 4;
  private static final int PING = 5;
  private static final int WIRED = 7;
  private static final int HELD = 8;
  private static final int PEAK = 9;
  private static final int GO = 10;

  @TempDir static Path folder;
  private static Device device;
  private static Mosquitto broker;
  private static Inbox inbox;
  private static Gateway gateway;

  @BeforeAll
  static void start() {
    device = new Device(folder);
    broker = new Mosquitto(folder);
    inbox = new Inbox(broker.port(), "#");
    device.holding(1, LEVEL, 100, 40, 1500, 20, 1, 0, 0, 0, 0, 0, 0);
    Seed seed =
        new Seed()
            .cloud(broker.port())
            .modbus("line", device.port())
            .asset("pump", "line")
            .component("pump", WIRE + "WireAsset", "poll.interval.ms", 50L)
            .register("pump", "level", "INTEGER", "UINT16", LEVEL)
            .register("pump", "temperature", "INTEGER", "UINT16", TEMPERATURE)
            .register("pump", "speed", "INTEGER", "UINT16", SPEED)
            .register("pump", "stock", "INTEGER", "UINT16", STOCK)
            .register("pump", "run", "INTEGER", "UINT16", RUN)
            .register("pump", "ping", "INTEGER", "UINT16", PING)
            .register("pump", "pong", "INTEGER", "UINT16", PING + 1)
            .register("pump", "wired", "INTEGER", "UINT16", WIRED)
            .register("pump", "held", "INTEGER", "UINT16", HELD)
            .component("pump", WIRE + "WireAsset", "held#+write.hold.ms", "600000")
            .register("pump", "peak", "INTEGER", "UINT16", PEAK)
            .register("pump", "go", "INTEGER", "UINT16", GO)
            .component("virtual", "org.penstock.field.virtual")
            .asset("calc", "virtual")
            .component("calc", WIRE + "WireAsset", "poll.interval.ms", 50L)
            .channel("calc", "double", "INTEGER", "formula", "pump/speed * 2")
            .channel("calc", "ordered", "BOOLEAN")
            .component(
                "alarmsOut",
                "org.eclipse.kura.cloud.publisher.CloudPublisher",
                "cloud.endpoint.service.pid",
                "org.eclipse.kura.cloud.CloudService",
                "app.topic",
                "alarms",
                "qos",
                1)
            .component(
                "org.penstock.flow.alarms",
                null,
                "CloudPublisher.target",
                "(kura.service.pid=alarmsOut)");
    rules(seed);
    gateway = new Gateway(folder, seed.xml()).start();
    Await.until(
        PATIENCE,
        () -> value("pump/level") + " " + gateway.get("/api/v1/rules").body(),
        () -> "100".equals(value("pump/level")));
  }

  private static void rules(Seed seed) {
    String publisher = "; CloudPublisher.target = (kura.service.pid=publisher)";
    rule(
        seed,
        "dry",
        "when = pump/level < 10; write.channel = pump/run; write.value = 0; write.interlock = true");
    rule(
        seed,
        "hot",
        "when = pump/temperature > 80; on.delay.ms = 5000; write.channel = pump/speed;"
            + " write.value = pump/speed / 2; alarm = FOLLOW; priority = URGENT;"
            + " message = look at the bearing; publish = WORK_ORDER"
            + publisher);
    rule(
        seed,
        "order",
        "when = pump/stock < 5; publish = MESSAGE; publish.body = 'order ' + text(20 - pump/stock);"
            + " tag.channel = calc/ordered"
            + publisher);
    rule(seed, "peaked", "when = max(pump/peak, 5 min) > 50 && pump/go == 1; alarm = FOLLOW");
    rule(seed, "waits", "when = pump/level > 200; on.delay.ms = 20000; alarm = FOLLOW");
  }

  private static void rule(Seed seed, String pid, String properties) {
    for (String property : properties.split("; *")) {
      String[] pair = property.split(" = ", 2);
      Object value = pair[0].endsWith(".ms") ? (Object) Long.valueOf(pair[1]) : pair[1];
      seed.component(pid, RULE, pair[0], pair[1].equals("true") ? true : value);
    }
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
    if (inbox != null) {
      inbox.close();
    }
    if (broker != null) {
      broker.close();
    }
    if (device != null) {
      device.close();
    }
  }

  private static JsonElement json(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer::body);
    return JsonParser.parseString(answer.body());
  }

  private static JsonObject check(String expression, String type) {
    JsonObject asked = new JsonObject();
    asked.addProperty("expression", expression);
    asked.addProperty("type", type);
    return json(gateway.send("POST", "/api/v1/rules/_check", asked.toString())).getAsJsonObject();
  }

  /** What the gateway last read from the device. */
  private static String value(String channel) {
    return value(channel, "INTEGER");
  }

  private static String value(String channel, String type) {
    JsonObject verdict = check(channel, type);
    return verdict.has("value") && !verdict.get("value").isJsonNull()
        ? verdict.get("value").getAsString()
        : verdict.toString();
  }

  private static Optional<JsonObject> alarm(String name) {
    for (JsonElement one :
        json(gateway.get("/api/v1/alarms?all=true")).getAsJsonObject().getAsJsonArray("alarms")) {
      if (one.getAsJsonObject().get("name").getAsString().equals(name)) {
        return Optional.of(one.getAsJsonObject());
      }
    }
    return Optional.empty();
  }

  private static String state(String name) {
    return alarm(name).map(a -> a.get("state").getAsString()).orElse("none");
  }

  private static boolean received(String part) {
    return inbox.messages().stream()
        .anyMatch(m -> new String(m.payload(), StandardCharsets.ISO_8859_1).contains(part));
  }

  private static void until(String what, java.util.function.BooleanSupplier condition) {
    Await.until(PATIENCE, () -> what + ": " + gateway.get("/api/v1/rules").body(), condition);
  }

  @Test
  void aDryPumpIsStoppedAndStaysStopped() {
    assertEquals("1", value("pump/run"));
    device.holding(1, LEVEL, 5);
    until("the pump runs dry", () -> "0".equals(value("pump/run")));
    device.holding(1, RUN, 1);
    until("the interlock is gone", () -> "0".equals(value("pump/run")));
    device.holding(1, LEVEL, 100);
    until("the rule stays", () -> rule("dry").contains("\"active\":false"));
    device.holding(1, RUN, 1);
    until("it cannot run again", () -> "1".equals(value("pump/run")));
  }

  private static String rule(String pid) {
    return gateway.get("/api/v1/rules/" + pid).body().replace(" ", "");
  }

  @Test
  void aHotBearingRaisesAnAlarmSlowsThePumpAndOrdersWork() {
    device.holding(1, TEMPERATURE, 90);
    until("the alarm is not raised", () -> state("hot").equals("UNACKNOWLEDGED"));
    until("the pump is not slowed", () -> "750".equals(value("pump/speed")));
    until("there is no work order", () -> received("\"type\":\"workOrder\""));
    until("the formula does not follow", () -> "1500".equals(value("calc/double")));
    until(
        "the alarm is not published",
        () -> received("\"kind\":\"RAISED\"") && received("\"alarm\":\"hot\""));
    assertTrue(
        received("\"cause\":\"pump/temperature \\u003e 80\"")
            || received("\"cause\":\"pump/temperature > 80\""));
    JsonObject acknowledged =
        json(gateway.send("POST", "/api/v1/alarms/hot/acknowledge", "{\"comment\":\"on my way\"}"))
            .getAsJsonObject();
    assertEquals("ACKNOWLEDGED", acknowledged.get("state").getAsString());
    assertEquals("admin", acknowledged.get("by").getAsString());
    json(gateway.send("POST", "/api/v1/alarms/hot/shelve", "{\"minutes\":5}"));
    assertEquals("SHELVED", state("hot"));
    assertEquals(
        400, gateway.send("POST", "/api/v1/alarms/hot/shelve", "{\"minutes\":5000}").statusCode());
    json(gateway.send("POST", "/api/v1/alarms/hot/unshelve", "{}"));
    gateway.kill();
    gateway.start();
    assertEquals("ACKNOWLEDGED", state("hot"), "an alarm outlasts kill -9");
    device.holding(1, TEMPERATURE, 40);
    until("the alarm stays", () -> state("hot").equals("NORMAL"));
    String journal = gateway.get("/api/v1/alarms/_journal?alarm=hot").body();
    for (String kind : List.of("RAISED", "ACKNOWLEDGED", "SHELVED", "UNSHELVED", "CLEARED")) {
      assertTrue(journal.contains(kind), kind + " is not in " + journal);
    }
    assertTrue(journal.contains("on my way"), journal);
  }

  @Test
  void whatRunsLowIsOrdered() {
    device.holding(1, STOCK, 4);
    until("nothing is ordered", () -> received("order 16"));
    until("the tag is not set", () -> "true".equals(value("calc/ordered", "BOOLEAN")));
    device.holding(1, STOCK, 20);
    until("the tag stays", () -> "false".equals(value("calc/ordered", "BOOLEAN")));
  }

  /** A drawn rule: in the palette, applied as a graph, sends on what it decides. */
  @Test
  void aRuleIsDrawnIntoAWireGraph() {
    String kinds = gateway.get("/services/wire/v1/metadata/wireComponents/definitions").body();
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
    configs.add(config(WIRE + "graph.WireGraphService", "", "WireGraph", graph));
    configs.add(config("heard", WIRE + "Logger"));
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
    HttpResponse<String> put =
        gateway.send("PUT", "/services/wire/v1/graph/snapshot", whole.toString());
    assertEquals(200, put.statusCode(), put::body);
    until(
        "it gets nothing",
        () -> rule("drawn").contains("\"references\":[\"pump/level\",\"wired\"]"));
    assertEquals("none", state("drawn"));
    HttpResponse<String> wrong = patch("drawn", "when", "wird > 5");
    assertEquals(400, wrong.statusCode(), wrong::body);
    assertTrue(wrong.body().contains("did you mean wired?"), wrong::body);
    device.holding(1, WIRED, 9);
    until("it does not fire", () -> state("drawn").equals("UNACKNOWLEDGED"));
    until(
        "it sends nothing on: " + gateway.get("/api/v1/flows/main").body(),
        () -> gateway.get("/api/v1/flows/main").body().contains("ruleActive"));
    device.holding(1, WIRED, 0);
    until("it stays", () -> state("drawn").equals("RETURNED_UNACKNOWLEDGED"));
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
    until("the rule is not refused", () -> rule("weaker").contains("refused:"));
    assertTrue(rule("weaker").contains("admin"), () -> rule("weaker"));
    assertEquals("7", value("pump/held"));
    assertEquals(
        200, gateway.send(gateway.authorised(writes + "/held/hold").DELETE()).statusCode());
    until("the rule does not write", () -> "3".equals(value("pump/held")));
    operatorWrites(writes, "8");
    until("the operator does not take over", () -> "8".equals(value("pump/held")));
    assertEquals(204, gateway.send("DELETE", "/api/v1/rules/weaker", "").statusCode());
  }

  private static void operatorWrites(String writes, String value) {
    HttpResponse<String> written =
        gateway.send("POST", writes, "{\"values\":{\"held\":\"" + value + "\"}}");
    assertTrue(written.body().contains("WRITTEN"), written::body);
    until("it is not written", () -> value.equals(value("pump/held")));
  }

  /** It stayed active for ever: nobody could clear it any longer. */
  @Test
  void anAlarmReturnsToNormalWhenItsRuleIsDeleted() {
    put("gone", "when", "pump/level > 0", "alarm", "FOLLOW");
    until("it is not raised", () -> state("gone").equals("UNACKNOWLEDGED"));
    json(gateway.send("POST", "/api/v1/alarms/gone/acknowledge", "{}"));
    assertEquals(204, gateway.send("DELETE", "/api/v1/rules/gone", "").statusCode());
    until("it stays", () -> state("gone").equals("NORMAL"));
    String journal = gateway.get("/api/v1/alarms/_journal?alarm=gone").body();
    assertTrue(journal.contains("the rule was deleted"), journal);
  }

  /**
   * Killed after 12 of 20 s; a timer that began anew would end 20 s after the restart. A window of before still
   * holds what it held.
   */
  @Test
  void aTimerThatRunsOutlastsAKill() {
    device.holding(1, PEAK, 60);
    until("the peak is not seen", () -> "60".equals(value("pump/peak")));
    device.holding(1, PEAK, 0);
    device.holding(1, LEVEL, 300);
    Instant begun = Instant.now();
    until("the value is not seen", () -> "300".equals(value("pump/level")));
    until(
        "it was raised too early",
        () -> state("waits").equals("none") && Instant.now().isAfter(begun.plusSeconds(12)));
    gateway.kill();
    gateway.start();
    Instant ready = Instant.now();
    until("it is not raised", () -> state("waits").equals("UNACKNOWLEDGED"));
    Instant raised = Instant.parse(alarm("waits").orElseThrow().get("activeAt").getAsString());
    Instant due = begun.plusSeconds(20);
    Instant latest = (ready.isAfter(due) ? ready : due).plusSeconds(10);
    assertTrue(raised.isBefore(latest), () -> "due at " + due + ", raised at " + raised);
    assertTrue(
        raised.isAfter(due.minusSeconds(1)), () -> "due at " + due + ", raised at " + raised);
    device.holding(1, LEVEL, 100);
    until("the alarm stays", () -> !state("waits").equals("UNACKNOWLEDGED"));
    assertEquals("none", state("peaked"));
    device.holding(1, GO, 1);
    until("the window is forgotten", () -> state("peaked").equals("UNACKNOWLEDGED"));
    device.holding(1, GO, 0);
  }

  @Test
  void whatIsWrongIsRefusedWhenSavedAndLoopsAreCutAndNamed() {
    HttpResponse<String> refused =
        gateway.send(
            "PUT",
            "/api/v1/rules/wrong",
            "{\"properties\":{\"when\":\"pump/sped > 1\",\"write.channel\":\"pump/nix\"}}");
    assertEquals(422, refused.statusCode(), refused::body);
    assertTrue(refused.body().contains("did you mean pump/speed?"), refused.body());
    assertTrue(refused.body().contains("there is no channel pump/nix"), refused.body());
    HttpResponse<String> always =
        gateway.send("PUT", "/api/v1/rules/wrong", "{\"properties\":{\"when\":\"1 > 2\"}}");
    assertEquals(422, always.statusCode(), always::body);
    assertTrue(always.body().contains("name a channel"), always.body());
    HttpResponse<String> circle = patch("calc", "double#formula", "calc/ordered ? calc/double : 0");
    assertEquals(400, circle.statusCode(), circle::body);
    assertTrue(circle.body().contains("in a circle: calc/double -> calc/double"), circle.body());
    String words = gateway.get("/api/v1/rules/_words").body();
    assertTrue(words.contains("\"hysteresis\"") && words.contains("\"pump/speed\""), words);
    save("ping", "pump/ping == pump/pong", "pump/ping", "pump/pong + 1");
    String warned = save("pong", "pump/ping != pump/pong", "pump/pong", "pump/ping");
    assertTrue(warned.contains("rules act in a circle"), warned);
    until(
        "the loop is not cut",
        () -> (rule("ping") + rule("pong")).contains("cutoff,becauserulesactoneachother"));
    assertEquals(204, gateway.send("DELETE", "/api/v1/rules/ping", "").statusCode());
    assertEquals(204, gateway.send("DELETE", "/api/v1/rules/pong", "").statusCode());
  }

  private static HttpResponse<String> patch(String pid, String key, String value) {
    JsonObject body = new JsonObject();
    body.add("properties", config("", "", key, value).get("properties"));
    return gateway.send(
        gateway
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
    until("it does not end", () -> !job(done).get("state").getAsString().equals("RUNNING"));
    JsonObject ended = job(done);
    assertEquals("SUCCEEDED", ended.get("state").getAsString(), ended::toString);
    JsonObject result = ended.getAsJsonObject("result");
    assertEquals(3600, result.get("events").getAsInt());
    assertTrue(result.get("took").getAsDouble() < 360, result::toString);
    assertEquals(12, result.get("after").getAsInt(), result::toString);
    assertTrue(result.toString().contains("2026-11-27T12:00:10Z"), result::toString);
    assertEquals("none", state("new"), "nothing is raised by a simulation");
    String months = "\"from\":\"2026-01-01T00:00:00Z\",\"until\":\"2026-08-01T00:00:00Z\"";
    JsonObject longer = simulated(months, 1000);
    String path = "/api/v1/jobs/" + longer.get("id").getAsString();
    assertEquals(202, gateway.send("DELETE", path, "").statusCode());
    until("it is not stopped", () -> job(longer).get("state").getAsString().equals("CANCELLED"));
  }

  private static JsonObject job(JsonObject started) {
    return json(gateway.get("/api/v1/jobs/" + started.get("id").getAsString())).getAsJsonObject();
  }

  private static JsonObject simulated(String time, int everyMs) {
    HttpResponse<String> started =
        gateway.send(
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
    HttpResponse<String> saved = gateway.send("PUT", "/api/v1/rules/" + pid, body.toString());
    assertEquals(200, saved.statusCode(), saved::body);
    return saved.body();
  }
}

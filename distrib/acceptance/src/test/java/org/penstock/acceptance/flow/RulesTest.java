package org.penstock.acceptance.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
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
  private static final int LEVEL = 0;
  private static final int TEMPERATURE = 1;
  private static final int SPEED = 2;
  private static final int STOCK = 3;
  private static final int RUN = 4;
  private static final int PING = 5;

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
    device.holding(1, LEVEL, 100, 40, 1500, 20, 1, 0, 0);
    Seed seed =
        new Seed()
            .cloud(broker.port())
            .modbus("line", device.port())
            .asset("pump", "line")
            .component("pump", "org.eclipse.kura.wire.WireAsset", "poll.interval.ms", 50L)
            .register("pump", "level", "INTEGER", "UINT16", LEVEL)
            .register("pump", "temperature", "INTEGER", "UINT16", TEMPERATURE)
            .register("pump", "speed", "INTEGER", "UINT16", SPEED)
            .register("pump", "stock", "INTEGER", "UINT16", STOCK)
            .register("pump", "run", "INTEGER", "UINT16", RUN)
            .register("pump", "ping", "INTEGER", "UINT16", PING)
            .register("pump", "pong", "INTEGER", "UINT16", PING + 1);
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
        "when = pump/stock < 5; publish = MESSAGE; publish.body = 'order ' + text(20 - pump/stock)"
            + publisher);
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
    JsonObject verdict = check(channel, "INTEGER");
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
    device.holding(1, STOCK, 20);
  }

  /** Killed after 12 of 20 s; a timer that began anew would end 20 s after the restart. */
  @Test
  void aTimerThatRunsOutlastsAKill() {
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

  private static String save(String pid, String when, String channel, String value) {
    JsonObject properties = new JsonObject();
    properties.addProperty("when", when);
    properties.addProperty("write.channel", channel);
    properties.addProperty("write.value", value);
    JsonObject body = new JsonObject();
    body.add("properties", properties);
    HttpResponse<String> saved = gateway.send("PUT", "/api/v1/rules/" + pid, body.toString());
    assertEquals(200, saved.statusCode(), saved::body);
    return saved.body();
  }
}

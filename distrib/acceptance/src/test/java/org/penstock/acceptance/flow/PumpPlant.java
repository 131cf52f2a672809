package org.penstock.acceptance.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Device;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Inbox;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.Seed;

/** A pump behind a Modbus device, a gateway with rules about it, and a broker. */
final class PumpPlant implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  static final String RULE = "org.penstock.flow.rule";
  static final String WIRE = "org.eclipse.kura.wire.";
  static final int LEVEL = 0;
  static final int TEMPERATURE = 1;
  static final int SPEED = 2;
  static final int STOCK = 3;
  static final int RUN = 4;
  static final int PING = 5;
  static final int WIRED = 7;
  static final int HELD = 8;
  static final int PEAK = 9;
  static final int GO = 10;

  final Device device;
  final Mosquitto broker;
  final Inbox inbox;
  final Gateway gateway;

  PumpPlant(Path folder) {
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

  @Override
  public void close() {
    gateway.close();
    inbox.close();
    broker.close();
    device.close();
  }

  static JsonElement json(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer::body);
    return JsonParser.parseString(answer.body());
  }

  JsonObject check(String expression, String type) {
    JsonObject asked = new JsonObject();
    asked.addProperty("expression", expression);
    asked.addProperty("type", type);
    return json(gateway.send("POST", "/api/v1/rules/_check", asked.toString())).getAsJsonObject();
  }

  /** What the gateway last read from the device. */
  String value(String channel) {
    return value(channel, "INTEGER");
  }

  String value(String channel, String type) {
    JsonObject verdict = check(channel, type);
    return verdict.has("value") && !verdict.get("value").isJsonNull()
        ? verdict.get("value").getAsString()
        : verdict.toString();
  }

  Optional<JsonObject> alarm(String name) {
    for (JsonElement one :
        json(gateway.get("/api/v1/alarms?all=true")).getAsJsonObject().getAsJsonArray("alarms")) {
      if (one.getAsJsonObject().get("name").getAsString().equals(name)) {
        return Optional.of(one.getAsJsonObject());
      }
    }
    return Optional.empty();
  }

  String state(String name) {
    return alarm(name).map(a -> a.get("state").getAsString()).orElse("none");
  }

  boolean received(String part) {
    return inbox.messages().stream()
        .anyMatch(m -> new String(m.payload(), StandardCharsets.ISO_8859_1).contains(part));
  }

  void until(String what, BooleanSupplier condition) {
    Await.until(PATIENCE, () -> what + ": " + gateway.get("/api/v1/rules").body(), condition);
  }
}

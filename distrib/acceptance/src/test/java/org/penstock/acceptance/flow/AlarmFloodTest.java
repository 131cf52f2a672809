package org.penstock.acceptance.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Device;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.Seed;

/**
 * 250 rules each raise and clear their alarm twenty times a second for ten seconds, on the assembled product. If
 * deleted: in the hour when all goes wrong alarms could be lost, or take the measured values with them.
 */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class AlarmFloodTest {

  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final Pattern ALARM =
      Pattern.compile("\"kind\":\"(\\w+)\",\"time\":\"[^\"]*\",\"alarm\":\"(\\w*)\"");
  private static final int RULES = 250;
  private static final long POLL_MS = 50;
  private static final int SECONDS = 10;
  private static final int ON = 0;
  private static final int DATA = 10;

  @TempDir Path folder;

  /** What came to the broker, counted by a subscriber of its own. */
  private static final class Witness implements AutoCloseable {
    private final Map<String, String> last = new ConcurrentHashMap<>();
    private final Map<String, Long> changes = new ConcurrentHashMap<>();
    private final AtomicLong alarms = new AtomicLong();
    private final AtomicLong twice = new AtomicLong();
    private final AtomicLong data = new AtomicLong();
    private final MqttClient client;

    Witness(int port) throws MqttException {
      client = new MqttClient("tcp://127.0.0.1:" + port, "witness", new MemoryPersistence());
      MqttConnectOptions options = new MqttConnectOptions();
      options.setMaxInflight(1000);
      client.connect(options);
      client.subscribe(
          Seed.TOPIC_PREFIX + "#", 1, (topic, message) -> took(topic, message.getPayload()));
    }

    private void took(String topic, byte[] payload) {
      if (!topic.endsWith("/alarms")) {
        data.incrementAndGet();
        return;
      }
      alarms.incrementAndGet();
      Matcher alarm = ALARM.matcher(new String(payload, StandardCharsets.ISO_8859_1));
      if (alarm.find() && !alarm.group(2).isEmpty()) {
        changes.merge(alarm.group(2), 1L, Long::sum);
        if (alarm.group(1).equals(last.put(alarm.group(2), alarm.group(1)))) {
          twice.incrementAndGet();
        }
      }
    }

    @Override
    public void close() throws MqttException {
      client.disconnectForcibly(100, 100);
      client.close();
    }
  }

  /** How the data path was over some seconds. */
  private record Path10(double percentOnTime, long asked, long values, long delivered) {}

  private static Seed seed(int devicePort, int brokerPort) {
    String target = "(kura.service.pid=alarms)";
    Seed seed =
        new Seed()
            .cloud(brokerPort)
            .component(
                "alarms",
                "org.eclipse.kura.cloud.publisher.CloudPublisher",
                "cloud.endpoint.service.pid",
                "org.eclipse.kura.cloud.CloudService",
                "app.topic",
                "alarms",
                "qos",
                1)
            .component(
                "org.penstock.flow.alarms",
                "org.penstock.flow.alarms",
                "CloudPublisher.target",
                target)
            .modbus("line", devicePort)
            .asset("pump", "line")
            .component("pump", "org.eclipse.kura.wire.WireAsset", "poll.interval.ms", 100L)
            .register("pump", "on", "INTEGER", "UINT16", ON)
            .asset("meter", "line")
            .component("toy", "org.penstock.driver.template")
            .asset("flood", "toy")
            .component("flood", "org.eclipse.kura.wire.WireAsset", "poll.interval.ms", POLL_MS);
    for (int i = 0; i < DATA; i++) {
      seed.register("pump", "p" + i, "INTEGER", "UINT16", 1 + i);
      seed.register("meter", "m" + i, "INTEGER", "UINT16", 1 + i);
    }
    for (int i = 0; i < RULES; i++) {
      seed.channel("flood", "c" + i, "LONG", "address", "counter/c" + i);
      seed.component(
          "f" + i,
          "org.penstock.flow.rule",
          "when",
          "flood/c%d %% 2 == 1 && pump/on == 1".formatted(i),
          "alarm",
          "FOLLOW",
          "priority",
          "HIGH");
    }
    return seed.graph(100, "meter");
  }

  private static long figure(JsonObject health, String source, String figure) {
    JsonObject state = health.getAsJsonObject("states").getAsJsonObject(source);
    JsonElement value = state == null ? null : state.getAsJsonObject("figures").get(figure);
    return value == null ? 0 : value.getAsLong();
  }

  private static Path10 tenSeconds(Gateway gateway, Witness witness) {
    JsonObject before = gateway.health();
    long delivered = witness.data.get();
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    long now = witness.data.get();
    JsonObject after = gateway.health();
    String pump = "field/asset/pump";
    long asked = figure(after, pump, "polls.asked") - figure(before, pump, "polls.asked");
    long onTime = figure(after, pump, "polls.ontime") - figure(before, pump, "polls.ontime");
    long values = figure(after, pump, "values.read") - figure(before, pump, "values.read");
    return new Path10(100.0 * onTime / asked, asked, values, now - delivered);
  }

  @Test
  void noneIsLostAndTheDataPathIsAsInAControlRun() throws MqttException {
    try (Device device = new Device(folder);
        Mosquitto broker = new Mosquitto(folder);
        Witness witness = new Witness(broker.port());
        Gateway gateway = new Gateway(folder, seed(device.port(), broker.port()).xml()).start()) {
      Await.until(
          PATIENCE,
          () -> "not all works: " + gateway.health(),
          () ->
              figure(gateway.health(), "field/asset/flood", "polls.ontime") > 100
                  && witness.data.get() > 50);
      assertEquals(0, figure(gateway.health(), "flow/alarms", "journal.written"));
      Path10 control = tenSeconds(gateway, witness);
      device.holding(1, ON, 1);
      Path10 flood = tenSeconds(gateway, witness);
      device.holding(1, ON, 0);
      Await.until(
          PATIENCE,
          () -> witness.alarms + " came of " + gateway.health(),
          () -> isOver(gateway, witness));
      JsonObject health = gateway.health();
      long written = figure(health, "flow/alarms", "journal.written");
      String figures =
          "control %s, flood %s, journal %d, received %d"
              .formatted(control, flood, written, witness.alarms.get());
      System.out.println(figures);
      assertTrue(written > 0.9 * RULES * SECONDS * 1000 / POLL_MS, figures);
      assertEquals(0, figure(health, "flow/alarms", "journal.lost"));
      assertEquals(0, figure(health, "flow/alarms", "publication.lost"));
      assertEquals(written, witness.alarms.get(), figures);
      assertEquals(0, witness.twice.get(), "raised or cleared twice in a row: one is lost between");
      for (int i = 0; i < RULES; i++) {
        assertEquals(0, figure(health, "flow/rule/f" + i, "inputs.dropped"), "rule f" + i);
        long firings = figure(health, "flow/rule/f" + i, "firings");
        assertEquals(2 * firings, witness.changes.get("f" + i), "alarm f" + i);
      }
      for (int i = 0; i < RULES; i += RULES / 5) {
        assertEquals(witness.changes.get("f" + i), inJournal(gateway, "f" + i), "alarm f" + i);
      }
      assertTrue(flood.percentOnTime() > control.percentOnTime() - 5, figures);
      assertTrue(flood.values() > 0.9 * control.values(), figures);
      assertTrue(flood.delivered() > 0.9 * control.delivered(), figures);
    }
  }

  private static boolean isOver(Gateway gateway, Witness witness) {
    JsonObject health = gateway.health();
    long written = figure(health, "flow/alarms", "journal.written");
    return figure(health, "flow/alarms", "waiting") == 0
        && figure(health, "flow/alarms", "published") == written
        && witness.alarms.get() >= written
        && witness.last.values().stream().noneMatch("RAISED"::equals);
  }

  private static long inJournal(Gateway gateway, String alarm) {
    return JsonParser.parseString(
            gateway.get("/api/v1/alarms/_journal?count=1000&alarm=" + alarm).body())
        .getAsJsonArray()
        .size();
  }
}

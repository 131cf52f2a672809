package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job, end to end: registers of a pymodbus device reach a subscriber of mosquitto. Without
 * it every room could be right by itself and nothing arrive.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoadTest {

  private static final int PERIOD_MS = 200;
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private Device device;
  private Mosquitto broker;
  private Inbox inbox;
  private Gateway gateway;

  @BeforeAll
  void start(@TempDir Path folder) {
    device = new Device(folder);
    broker = new Mosquitto(folder);
    inbox = new Inbox(broker.port(), "acme/#");
    Seed seed =
        new Seed()
            .cloud(broker.port())
            .modbus("plc", device.port())
            .asset("tank", "plc")
            .register("tank", "int16", "INTEGER", "INT16", 0)
            .register("tank", "uint16", "INTEGER", "UINT16", 1)
            .register("tank", "int32", "INTEGER", "INT32", 2)
            .register("tank", "uint32", "LONG", "UINT32", 4)
            .register("tank", "float32", "FLOAT", "FLOAT32", 6)
            .register("tank", "float64", "DOUBLE", "FLOAT64", 8)
            .register("tank", "int64", "LONG", "INT64", 12)
            .register("tank", "scaled", "DOUBLE", "INT16", 0)
            .channel(
                "tank",
                "missing",
                "INTEGER",
                "unit.id",
                "1",
                "primary.table",
                "HOLDING_REGISTERS",
                "memory.address",
                "5000",
                "data.type",
                "INT16")
            .component("tank", "org.eclipse.kura.wire.WireAsset", "scaled#+scale", "0.1")
            .component("tank", "org.eclipse.kura.wire.WireAsset", "scaled#+offset", "-40.0")
            .component("tank", "org.eclipse.kura.wire.WireAsset", "emit.errors", true)
            .graph(PERIOD_MS, "tank");
    gateway = new Gateway(folder, seed.xml()).start();
    inbox.await(1, LIMIT);
  }

  @AfterAll
  void stop() {
    gateway.close();
    inbox.close();
    broker.close();
    device.close();
  }

  /** Values are compared with what was put into the device, in the first polls after that. */
  @Test
  void everyChangeArrivesWithinTwoPollsWithValueTypeAndTime() {
    for (int round = 1; round <= 15; round++) {
      int i = round * 1117 % 30000 * (round % 2 == 0 ? 1 : -1);
      float f = i / 7f;
      double d = Math.PI * i;
      long l = i * 1_000_000_007L;
      device.holding(
          1, 0, words(16, i, i & 0xFFFF, i * 70001L, Integer.toUnsignedLong(i * 3), f, d, l));
      long changed = System.currentTimeMillis();
      Map<String, Object> seen = pollAfter(changed, i);
      assertEquals(i, seen.get("int16"));
      assertEquals(i & 0xFFFF, seen.get("uint16"));
      assertEquals((int) (i * 70001L), seen.get("int32"));
      assertEquals(Integer.toUnsignedLong(i * 3), seen.get("uint32"));
      assertEquals(f, seen.get("float32"));
      assertEquals(d, seen.get("float64"));
      assertEquals(l, seen.get("int64"));
      assertEquals(i * 0.1 - 40.0, (Double) seen.get("scaled"), 1e-9);
      assertEquals("tank", seen.get("assetName"));
    }
  }

  /** The first or the second poll that began after the change must show it. */
  private Map<String, Object> pollAfter(long changed, int expected) {
    int from = inbox.messages().size();
    StringBuilder polls = new StringBuilder();
    int later = 0;
    for (int n = from; ; n++) {
      inbox.await(n + 1, LIMIT);
      Inbox.Message message = inbox.messages().get(n);
      if (!message.topic().equals("acme/gw1/A1/tank")) {
        continue;
      }
      Map<String, Object> metrics = Payloads.metrics(message.payload());
      long at = (Long) metrics.get("int16_timestamp");
      if (metrics.get("int16").equals(expected)) {
        assertTrue(
            at >= changed - PERIOD_MS && at <= message.receivedAt(), "time of the value " + at);
        return metrics;
      }
      polls.append(metrics.get("int16")).append('@').append(at - changed).append(' ');
      later += at > changed ? 1 : 0;
      assertTrue(later < 2, expected + " is not in the two polls after the change: " + polls);
    }
  }

  /** Lays the values out as the channels are addressed. */
  private static int[] words(int count, long a, long b, long c, long d, float f, double g, long h) {
    ByteBuffer bytes = ByteBuffer.allocate(count * 2);
    bytes.putShort((short) a).putShort((short) b).putInt((int) c).putInt((int) d).putFloat(f);
    bytes.putDouble(g).putLong(h).flip();
    int[] words = new int[count];
    for (int i = 0; i < count; i++) {
      words[i] = bytes.getShort() & 0xFFFF;
    }
    return words;
  }

  /** An address that the device refuses costs its own channel, and is told in words. */
  @Test
  void oneMissingRegisterFailsAlone() {
    Map<String, Object> metrics = Payloads.metrics(last().payload());
    assertTrue(!metrics.containsKey("missing"), metrics.toString());
    String reason = metrics.get("missing_error").toString();
    assertTrue(reason.contains("exception 2"), reason);
    assertTrue(reason.contains("HOLDING_REGISTERS 5000"), reason);
    assertEquals("", metrics.get("int16_error"));
  }

  private Inbox.Message last() {
    Inbox.Message found = null;
    for (Inbox.Message message : inbox.messages()) {
      found = message.topic().equals("acme/gw1/A1/tank") ? message : found;
    }
    return found;
  }

  /** What was written over REST is in the device: the next poll reads it back from there. */
  @Test
  void aWriteOverRestReachesTheDevice() {
    String body = "{\"channels\":[{\"name\":\"int16\",\"type\":\"INTEGER\",\"value\":4711}]}";
    assertEquals(200, gateway.send("POST", "/services/assets/tank/_write", body).statusCode());
    int from = inbox.messages().size();
    Await.until(
        LIMIT,
        () -> "4711 did not come back",
        () ->
            inbox.messages().stream()
                .skip(from)
                .filter(m -> m.topic().equals("acme/gw1/A1/tank"))
                .anyMatch(m -> Payloads.metrics(m.payload()).get("int16").equals(4711)));
  }

  @Test
  void birthIsPublishedWithKurasMetrics() {
    Inbox control = new Inbox(broker.port(), "$EDC/acme/gw1/MQTT/BIRTH");
    gateway.stop();
    gateway.start();
    control.await(1, LIMIT);
    Map<String, Object> birth = Payloads.metrics(control.messages().get(0).payload());
    assertEquals("KURA_PROTOBUF", birth.get("payload_encoding"));
    assertTrue(birth.containsKey("uptime") && birth.containsKey("kura_version"), birth.toString());
    control.close();
  }
}

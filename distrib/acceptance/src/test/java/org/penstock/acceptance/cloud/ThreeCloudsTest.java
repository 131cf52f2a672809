package org.penstock.acceptance.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Device;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Inbox;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.Payloads;
import org.penstock.acceptance.product.Seed;
import org.penstock.acceptance.product.SlowLine;
import org.penstock.test.sparkplug.Codec;
import org.penstock.test.sparkplug.Host;

/**
 * One gateway, three clouds: Kura's protobuf, JSON and Sparkplug. Without it a cloud that is dead or
 * slow could hold up the others, and nobody would see it until the day it happens.
 */
@Tag("beside")
class ThreeCloudsTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration RUN = Duration.ofSeconds(8);
  private static final int PERIOD_MS = 50;
  private static final int SLOW_BYTES_PER_S = 300;

  @TempDir Path folder;

  /** What arrives in a stretch of time: how many, and how old. */
  private record Stretch(int count, long p50, long p99) {

    static Stretch of(Inbox inbox) {
      int from = inbox.messages().size();
      LockSupport.parkNanos(RUN.toNanos());
      List<Long> ages =
          List.copyOf(inbox.messages()).stream().skip(from).map(Stretch::age).sorted().toList();
      return new Stretch(
          ages.size(), ages.get(ages.size() / 2), ages.get((ages.size() - 1) * 99 / 100));
    }

    private static long age(Inbox.Message message) {
      Object read = Payloads.metrics(message.payload()).get("level_timestamp");
      return message.receivedAt() - (Long) read;
    }
  }

  @Test
  void oneIsDeadOneIsSlowAndTheThirdDoesNotNotice() throws Exception {
    Path second = Files.createDirectories(folder.resolve("second"));
    Path third = Files.createDirectories(folder.resolve("third"));
    Codec codec = new Codec();
    Host host = new Host(codec, "plant/gw");
    try (codec;
        Device device = new Device(folder);
        Mosquitto kura = new Mosquitto(folder);
        Mosquitto json = new Mosquitto(second);
        Mosquitto sparkplug = new Mosquitto(third);
        SlowLine line = new SlowLine(sparkplug.port());
        Inbox kuraInbox = new Inbox(kura.port(), "acme/gw1/A1/#");
        Inbox jsonInbox = new Inbox(json.port(), "json/#");
        HostLink link = new HostLink(sparkplug.port(), codec, host)) {
      device.holding(1, 0, 5);
      Seed seed =
          new Seed()
              .cloud(kura.port())
              .plain(json.port())
              .sparkplug(line.port())
              .modbus("plc", device.port())
              .asset("tank", "plc")
              .register("tank", "level", "INTEGER", "INT16", 0)
              .graph(PERIOD_MS, "tank")
              .publish("to-json", "tank", "plain")
              .publish("to-sparkplug", "tank", "edge");
      try (Gateway gateway = new Gateway(folder, seed.xml()).start()) {
        kuraInbox.await(50, LIMIT);
        jsonInbox.await(50, LIMIT);
        Await.until(
            LIMIT, () -> "no Sparkplug: " + gateway.log(), () -> host.values().size() >= 50);
        Stretch control = Stretch.of(kuraInbox);

        json.kill();
        line.limit(SLOW_BYTES_PER_S);
        Stretch troubled = Stretch.of(kuraInbox);
        System.err.printf(
            "three clouds: control %s, beside a dead and a slow one %s, outboxes %.0f and %.0f%n",
            control,
            troubled,
            gateway.figure("cloud/data/plain-data", "outbox.depth"),
            gateway.figure("cloud/data/edge-data", "outbox.depth"));
        assertTrue(troubled.count() >= control.count() * 0.9, control + " " + troubled);
        assertTrue(troubled.p50() <= 2 * control.p50() + PERIOD_MS, control + " " + troubled);
        assertTrue(troubled.p99() <= 2 * control.p99() + 250, control + " " + troubled);
        assertTrue(gateway.figure("cloud/data/plain-data", "outbox.depth") > 50, "not dead");
        assertTrue(gateway.figure("cloud/data/edge-data", "outbox.depth") > 20, "not slow");

        json.start();
        line.limit(0);
        Await.until(
            LIMIT,
            () -> "still stored: " + gateway.health(),
            () ->
                gateway.figure("cloud/data/plain-data", "outbox.depth") < 20
                    && gateway.figure("cloud/data/edge-data", "outbox.depth") < 20);
        assertNothingIsMissing(kuraInbox, jsonInbox);
        assertEquals(List.of(), host.breaches());
      }
    }
  }

  /** Whatever Kura's cloud got, the cloud that was dead has got, too. */
  private static void assertNothingIsMissing(Inbox kura, Inbox json) {
    List<Long> there =
        kura.messages().stream()
            .map(m -> (Long) Payloads.metrics(m.payload()).get("level_timestamp"))
            .toList();
    Await.until(
        LIMIT,
        () -> "missing: " + there.stream().filter(t -> !times(json).contains(t)).toList(),
        () -> times(json).containsAll(there));
  }

  private static Set<Long> times(Inbox json) {
    return json.messages().stream()
        .map(
            m ->
                JsonParser.parseString(new String(m.payload(), StandardCharsets.UTF_8))
                    .getAsJsonObject()
                    .get("timestamp")
                    .getAsLong())
        .collect(Collectors.toSet());
  }
}

package org.penstock.acceptance.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Device;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.Seed;
import org.penstock.test.sparkplug.Codec;
import org.penstock.test.sparkplug.Host;

/**
 * The assembled product as an edge node at mosquitto, before a host that believes only what the
 * specification says, with payloads of npm's sparkplug-payload. Without it the rules could hold in
 * the bundle's tests and no host could read the gateway.
 */
class SparkplugTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int PERIOD_MS = 100;

  @TempDir Path folder;
  private final Codec codec = new Codec();
  private final Host host = new Host(codec, "plant/gw");
  private Device device;
  private Mosquitto broker;
  private HostLink link;
  private Gateway gateway;

  @BeforeEach
  void start() {
    device = new Device(folder);
    broker = new Mosquitto(folder);
    Seed seed =
        new Seed()
            .sparkplug(broker.port())
            .modbus("plc", device.port())
            .component("plc", "org.penstock.driver.modbus", "timeout.ms", 500)
            .asset("tank", "plc")
            .register("tank", "level", "INTEGER", "INT16", 0)
            .graph(PERIOD_MS, "tank")
            .component(
                "publish",
                "org.eclipse.kura.wire.CloudPublisher",
                "CloudPublisher.target",
                "(kura.service.pid=edge)");
    gateway = new Gateway(folder, seed.xml()).start();
    link = new HostLink(broker.port(), codec, host);
  }

  @AfterEach
  void stop() {
    gateway.close();
    link.close();
    broker.close();
    device.close();
    codec.close();
  }

  private void until(String what, BooleanSupplier condition) {
    Await.until(
        LIMIT,
        () ->
            what
                + "; told "
                + tail(host.told())
                + ", current "
                + host.current()
                + ", breaches "
                + host.breaches()
                + ", log "
                + tail(gateway.log()),
        condition);
  }

  private static List<String> tail(List<String> lines) {
    List<String> said = lines.stream().filter(line -> !line.startsWith("\t")).toList();
    return said.subList(Math.max(0, said.size() - 15), said.size());
  }

  private void shows(int level) {
    until("level " + level, () -> String.valueOf(level).equals(host.current().get("tank/level")));
  }

  @Test
  void anEdgeNodeOfSparkplug() throws Exception {
    device.holding(1, 0, 5);
    shows(5);
    assertEquals(List.of("NBIRTH", "DBIRTH tank"), host.told().subList(0, 2));

    // a command writes, and the next poll shows it
    String write =
        "{\"timestamp\":1,\"metrics\":[{\"alias\":%d,\"type\":\"Int32\",\"value\":77,\"timestamp\":1}]}";
    link.command("DCMD/gw/tank", write.formatted(host.alias("tank/level")));
    shows(77);

    // the primary host goes: values wait, and come in order, as history
    link.state(false);
    until("NDEATH", () -> !host.online());
    assertEquals("NDEATH", host.told().get(host.told().size() - 1));
    int from = host.values().size();
    for (int i = 101; i <= 105; i++) {
      device.holding(1, 0, i);
      LockSupport.parkNanos(Duration.ofMillis(6 * PERIOD_MS).toNanos());
    }
    link.state(true);
    until("history", () -> host.values().stream().skip(from).anyMatch(v -> !v.historical()));
    List<Host.Value> since = host.values().subList(from, host.values().size());
    List<String> seen = new ArrayList<>();
    long last = 0;
    for (Host.Value value : since) {
      assertTrue(value.timestamp() >= last, "order: " + since);
      last = value.timestamp();
      if (value.historical() && !seen.contains(value.text())) {
        seen.add(value.text());
      }
    }
    seen.remove("77");
    assertEquals(List.of("101", "102", "103", "104", "105"), seen);
    shows(105);

    // the device goes and comes back
    device.kill();
    until("DDEATH", () -> !host.devices().contains("tank"));
    device.start();
    device.holding(1, 0, 8);
    shows(8);

    // the broker is killed
    broker.kill();
    broker.start();
    device.holding(1, 0, 9);
    shows(9);

    // the gateway dies: the will speaks, and the next birth has the next number
    long number = host.bdSeq();
    gateway.kill();
    until("the will", () -> !host.online());
    gateway.start();
    device.holding(1, 0, 10);
    shows(10);
    assertTrue(host.bdSeq() != number, "bdSeq " + number + " again");
    gateway.stop();
    until("farewell", () -> !host.online());
    assertEquals(List.of(), host.breaches());
  }
}

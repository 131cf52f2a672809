package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.witness.Publisher;
import org.penstock.acceptance.witness.Witness;

/**
 * Device, broker and gateway die under load and come back. Without it the promise that nothing
 * acknowledged is lost would be a word.
 */
@Tag("beside")
class RecoveryTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int LOAD = 100;

  @TempDir Path folder;
  private Device device;
  private Mosquitto broker;
  private Inbox inbox;
  private Gateway gateway;
  private Witness witness;

  @BeforeEach
  void start() {
    device = new Device(folder);
    broker = new Mosquitto(folder);
    inbox = new Inbox(broker.port(), "acme/#");
    witness = new Witness(folder);
    Seed seed =
        new Seed()
            .cloud(broker.port())
            .modbus("plc", device.port())
            .asset("tank", "plc")
            .register("tank", "level", "INTEGER", "INT16", 0)
            .graph(100, "tank");
    gateway = new Gateway(folder, seed.xml());
    witness.prepare(gateway);
    gateway.start();
    Witness.install(gateway);
    grow(LOAD);
  }

  @AfterEach
  void stop() {
    gateway.close();
    witness.close();
    inbox.close();
    broker.close();
    device.close();
  }

  /** Waits until the witness has so many more ids. */
  private void grow(int count) {
    int from = witness.acknowledged().size();
    Await.until(
        LIMIT,
        () -> "ids: " + witness.acknowledged().size() + ", log: " + gateway.log(),
        () -> witness.acknowledged().size() >= from + count);
  }

  /** Every number that was acknowledged so far arrives. */
  private void nothingIsLost() {
    Set<Long> expected = new TreeSet<>(witness.acknowledged());
    Await.until(LIMIT, () -> "lost: " + missing(expected), () -> missing(expected).isEmpty());
  }

  private Set<Long> missing(Set<Long> expected) {
    Set<Long> received =
        inbox.messages().stream()
            .filter(m -> m.topic().equals(Publisher.TOPIC))
            .map(m -> Long.parseLong(new String(m.payload(), StandardCharsets.UTF_8)))
            .collect(Collectors.toSet());
    Set<Long> missing = new TreeSet<>(expected);
    missing.removeAll(received);
    return missing;
  }

  private void tankFlowsAgain() {
    int from = inbox.messages().size();
    Await.until(
        LIMIT,
        () -> "no value of the tank since; log: " + gateway.log(),
        () ->
            inbox.messages().stream()
                .skip(from)
                .filter(m -> m.topic().equals("acme/gw1/A1/tank"))
                .anyMatch(m -> Payloads.metrics(m.payload()).containsKey("level")));
  }

  /** Lines of the log since the mark that speak of the thing. */
  private List<String> lines(int mark, String about) {
    return gateway.log().stream().skip(mark).filter(l -> l.contains(about)).toList();
  }

  private String link() {
    return "driver/modbus 127.0.0.1:" + device.port();
  }

  @Test
  void deviceKilledAndRestarted() {
    tankFlowsAgain();
    int mark = gateway.log().size();
    device.kill();
    Await.until(LIMIT, () -> "no line says that plc is away", () -> !lines(mark, link()).isEmpty());
    grow(LOAD); // the asset has asked in vain dozens of times meanwhile
    device.start();
    tankFlowsAgain();
    nothingIsLost();
    List<String> said = lines(mark, link());
    assertEquals(2, said.size(), "one line for away, one for back: " + said);
    assertTrue(said.get(0).contains("WARN") && said.get(1).contains("INFO"), said.toString());
  }

  @Test
  void brokerKilledAndRestarted() {
    int mark = gateway.log().size();
    broker.kill();
    grow(LOAD); // publish() goes on without a broker
    broker.start();
    tankFlowsAgain();
    nothingIsLost();
    List<String> said = lines(mark, Seed.DATA_SERVICE);
    assertEquals(2, said.size(), "one line for lost, one for connected: " + said);
    assertTrue(said.get(0).contains("WARN") && said.get(1).contains("INFO"), said.toString());
  }

  @Test
  void gatewayKilledAndRestarted() {
    for (int round = 0; round < 2; round++) {
      gateway.kill();
      witness.prepare(gateway);
      gateway.start();
      grow(LOAD);
      tankFlowsAgain();
    }
    nothingIsLost();
    assertFalse(gateway.get("/services/assets").body().isEmpty());
  }

  /** With the broker away too, all that was acknowledged is only on the disk. */
  @Test
  void gatewayKilledWhileTheBrokerIsAway() {
    broker.kill();
    grow(LOAD);
    gateway.kill();
    broker.start();
    witness.prepare(gateway);
    gateway.start();
    grow(LOAD);
    nothingIsLost();
  }

  @Test
  void stopsCleanlyOnSigtermAndSaysSo() {
    Inbox control = new Inbox(broker.port(), "$EDC/acme/gw1/MQTT/#");
    assertEquals(0, gateway.stop());
    control.await(1, LIMIT);
    Map<String, Object> goodbye = Payloads.metrics(control.messages().get(0).payload());
    assertTrue(control.messages().get(0).topic().endsWith("/DC"), goodbye.toString());
    control.close();
    nothingIsLost();
  }
}

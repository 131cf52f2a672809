package org.penstock.acceptance.cloud;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.MqttTap;
import org.penstock.acceptance.product.Seed;
import org.penstock.acceptance.witness.Publisher;
import org.penstock.acceptance.witness.Witness;

/** A gateway under load whose acknowledged ids are known outside, and its broker. */
final class WitnessedGateway implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  final Mosquitto broker;
  final Gateway gateway;
  final Witness witness;
  private final MqttTap tap;

  /** Made, not started. */
  WitnessedGateway(Path folder) {
    broker = new Mosquitto(folder);
    tap = new MqttTap(broker.port(), Publisher.TOPIC);
    witness = new Witness(folder);
    gateway = new Gateway(folder, new Seed().cloud(tap.port()).xml());
  }

  void start() {
    witness.prepare(gateway);
    gateway.start();
    Witness.install(gateway);
  }

  void restart() {
    gateway.kill();
    witness.prepare(gateway);
    gateway.start();
  }

  /** So many more ids are acknowledged. */
  void grow(int count) {
    int from = witness.acknowledged().size();
    Await.until(
        LIMIT,
        () -> "ids: " + witness.acknowledged().size() + ", log: " + gateway.log(),
        () -> witness.acknowledged().size() >= from + count);
  }

  /** The health page gives this reason for the data service. */
  void says(String words) {
    Await.until(
        LIMIT,
        () -> reason() + ", log: " + gateway.log(),
        () -> reason().toLowerCase(java.util.Locale.ROOT).contains(words));
  }

  private String reason() {
    return gateway
        .health()
        .getAsJsonObject("states")
        .getAsJsonObject("cloud/data/" + Seed.DATA_SERVICE)
        .toString();
  }

  /** The broker has confirmed all that is acknowledged by now, but for so many. */
  void deliversAll(int but) {
    Set<Long> expected = new TreeSet<>(witness.acknowledged());
    Await.until(
        LIMIT,
        () -> "lost: " + missing(expected) + ", log: " + gateway.log(),
        () -> missing(expected).size() <= but);
  }

  private Set<Long> missing(Set<Long> expected) {
    Set<Long> missing = new TreeSet<>(expected);
    missing.removeAll(new TreeSet<>(tap.confirmed().stream().map(Long::parseLong).toList()));
    return missing;
  }

  /** First sendings came in the order of the numbers. */
  void inOrder() {
    Set<Long> seen = new TreeSet<>();
    List<Long> first = new ArrayList<>();
    tap.sent().stream().map(Long::parseLong).filter(seen::add).forEach(first::add);
    for (int i = 1; i < first.size(); i++) {
      assertTrue(first.get(i) > first.get(i - 1), first.get(i) + " after " + first.get(i - 1));
    }
  }

  @Override
  public void close() {
    gateway.close();
    witness.close();
    tap.close();
    broker.close();
  }
}

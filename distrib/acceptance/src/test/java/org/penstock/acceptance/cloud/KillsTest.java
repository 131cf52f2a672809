package org.penstock.acceptance.cloud;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.MqttTap;
import org.penstock.acceptance.product.Seed;
import org.penstock.acceptance.witness.Publisher;
import org.penstock.acceptance.witness.Witness;

/**
 * Gateway and broker are killed at random moments under load. Without it the promise that an
 * acknowledged message is never lost would rest on simulated crashes alone. Ids are witnessed by
 * this process before the gateway's next call.
 */
@Tag("beside")
class KillsTest {

  private static final boolean ALL = Boolean.getBoolean("penstock.all");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int WINDOW = 1000;

  @TempDir Path folder;
  private Mosquitto broker;
  private MqttTap tap;
  private Gateway gateway;
  private Witness witness;

  @BeforeEach
  void start() {
    broker = new Mosquitto(folder);
    tap = new MqttTap(broker.port(), Publisher.TOPIC);
    witness = new Witness(folder);
    gateway = new Gateway(folder, new Seed().cloud(tap.port()).xml());
    witness.prepare(gateway);
    gateway.start();
    Witness.install(gateway);
    grow(100);
  }

  @AfterEach
  void stop() {
    gateway.close();
    witness.close();
    tap.close();
    broker.close();
  }

  private void grow(int count) {
    int from = witness.acknowledged().size();
    Await.until(
        LIMIT,
        () -> "ids: " + witness.acknowledged().size() + ", log: " + gateway.log(),
        () -> witness.acknowledged().size() >= from + count);
  }

  private static List<Long> numbers(Collection<String> payloads) {
    return payloads.stream().map(Long::parseLong).toList();
  }

  /** The broker has confirmed everything acknowledged; first sendings are in order. */
  private void settle(String what, int kills, int mostTwice) {
    Set<Long> expected = new TreeSet<>(witness.acknowledged());
    Await.until(LIMIT, () -> "lost: " + missing(expected), () -> missing(expected).isEmpty());
    List<Long> all = numbers(tap.sent());
    Map<Long, Integer> times = new HashMap<>();
    long last = -1;
    for (long number : all) {
      if (times.merge(number, 1, Integer::sum) == 1) {
        assertTrue(number > last, "order: " + number + " after " + last);
        last = number;
      }
    }
    int twice = all.size() - times.size();
    System.err.printf(
        "kills of %s: %d, acknowledged %d, sent %d, lost 0, duplicates %d (at most %d)%n",
        what, kills, expected.size(), all.size(), twice, mostTwice);
    assertTrue(twice <= mostTwice, twice + " duplicates, at most " + mostTwice);
  }

  private Set<Long> missing(Set<Long> expected) {
    Set<Long> missing = new TreeSet<>(expected);
    missing.removeAll(new TreeSet<>(numbers(tap.confirmed())));
    return missing;
  }

  @Test
  void theGatewayIsKilled() {
    int kills = ALL ? 200 : 10;
    Random random = new Random(8);
    for (int i = 0; i < kills; i++) {
      LockSupport.parkNanos(random.nextInt(150_000_000));
      gateway.kill();
      witness.prepare(gateway);
      gateway.start();
      grow(50);
    }
    // a confirmation that was not yet on the disk is sent again, too: 10 ms and a force
    settle("the gateway", kills, kills * 2 * WINDOW);
  }

  @Test
  void theBrokerIsKilled() {
    int kills = ALL ? 100 : 10;
    Random random = new Random(9);
    for (int i = 0; i < kills; i++) {
      LockSupport.parkNanos(random.nextInt(150_000_000));
      broker.kill();
      grow(20);
      broker.start();
      int from = tap.confirmed().size();
      Await.until(
          LIMIT,
          () -> "nothing is confirmed; log: " + gateway.log(),
          () -> tap.confirmed().size() > from);
    }
    settle("the broker", kills, kills * WINDOW);
  }
}

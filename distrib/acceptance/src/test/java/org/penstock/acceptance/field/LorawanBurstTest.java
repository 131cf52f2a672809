package org.penstock.acceptance.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.eclipse.kura.configuration.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Inbox;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.Payloads;
import org.penstock.acceptance.product.Ports;
import org.penstock.acceptance.product.Radio;
import org.penstock.acceptance.product.Seed;

/**
 * Scenario 15: 10,000 uplinks of 1,000 devices in 20 s reach the broker, each once. If deleted: a plant that wakes up
 * at once could lose frames in the kernel, in the driver's queue or on their way to the broker.
 */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class LorawanBurstTest {

  private static final Duration LIMIT = Duration.ofSeconds(180);
  private static final int DEVICES = 1_000;
  private static final int FRAMES = 10_000;
  private static final int PER_SECOND = 500;
  private static final long MOST_GROWTH_KB = 200_000;
  private static final String KEY = "00112233445566778899aabbccddeeff";
  private static final String DRIVER = "driver/lorawan/lora";

  @TempDir Path folder;
  private final List<String> values = new ArrayList<>();
  private int taken;

  private static String eui(int device) {
    return String.format("70b3d57ed001%04x", device);
  }

  private static String seed(int port, int broker) {
    StringBuilder devices = new StringBuilder();
    StringBuilder keys = new StringBuilder();
    Seed seed = new Seed().cloud(broker).asset("field", "lora").graph(3_600_000, "field");
    for (int i = 0; i < DEVICES; i++) {
      String address = String.format("2600%04x", i);
      devices.append(eui(i) + " d" + i + " abp=" + address + " codec=count\n");
      keys.append(eui(i) + " " + KEY + " " + KEY + "\n");
      seed.channel("field", "d" + i, "LONG", "dev.eui", eui(i), "field", "n");
      seed.component("field", "org.eclipse.kura.wire.WireAsset", "d" + i + "#+listen", true);
    }
    return seed.component(
            "lora",
            "org.penstock.driver.lorawan",
            "port",
            port,
            "status.interval.h",
            0,
            "devices",
            devices.toString(),
            "keys",
            new Password(keys.toString()),
            "codecs",
            "== count fields\nn uint32 0\n")
        .xml();
  }

  @Test
  void tenThousandUplinksInTwentySecondsArriveOnceEach() throws IOException {
    int port = Ports.free();
    String[] euis = new String[DEVICES];
    for (int i = 0; i < DEVICES; i++) {
      euis[i] = eui(i);
    }
    try (Mosquitto broker = new Mosquitto(folder);
        Inbox inbox = new Inbox(broker.port(), "acme/gw1/A1/#");
        Gateway gateway = new Gateway(folder, seed(port, broker.port())).start();
        Radio radio = new Radio(port, KEY, euis)) {
      radio.say("abps 26000000 " + KEY);
      Await.until(
          LIMIT,
          () -> gateway.health().toString(),
          () -> gateway.figure(DRIVER, "gateway.aa555a0000000200.quiet.ms") != null);
      radio.say("burst " + DEVICES + " " + PER_SECOND, "burst " + DEVICES); // each has spoken once
      awaitAccepted(gateway, DEVICES);
      awaitValues(gateway, inbox, DEVICES);
      values.clear();
      final long before = resident(gateway);

      long began = System.nanoTime();
      radio.say("burst " + FRAMES + " " + PER_SECOND, "burst " + FRAMES);
      double seconds = (System.nanoTime() - began) / 1e9;
      awaitAccepted(gateway, DEVICES + FRAMES);
      awaitValues(gateway, inbox, FRAMES);
      long grown = resident(gateway) - before;
      System.out.printf(
          "%d uplinks in %.1f s, %d values, %d different, dropped %d, grown by %d kB; %s%n",
          FRAMES,
          seconds,
          values.size(),
          new HashSet<>(values).size(),
          dropped(port),
          grown,
          buffer(gateway));
      assertEquals(FRAMES, values.size());
      assertEquals(FRAMES, new HashSet<>(values).size());
      assertEquals(0, dropped(port), "lost in the socket");
      assertTrue(grown < MOST_GROWTH_KB, "grown by " + grown + " kB");
    }
  }

  private static String buffer(Gateway gateway) {
    return "receive buffer " + gateway.figure(DRIVER, "receive.buffer.bytes");
  }

  private static void awaitAccepted(Gateway gateway, int count) {
    Await.until(
        LIMIT,
        () -> gateway.health().toString(),
        () -> {
          Double accepted = gateway.figure(DRIVER, "uplinks.accepted");
          return accepted != null && accepted >= count;
        });
  }

  /** Waits until so many values of devices have come to the broker; takes them in as they come. */
  private void awaitValues(Gateway gateway, Inbox inbox, int count) {
    Await.until(
        LIMIT,
        () ->
            "%d messages, %d of %d values; %s"
                .formatted(inbox.messages().size(), values.size(), count, gateway.health()),
        () -> {
          for (int end = inbox.messages().size(); taken < end; taken++) {
            Payloads.metrics(inbox.messages().get(taken).payload())
                .forEach(
                    (name, value) -> {
                      if (name.matches("d\\d+")) { // beside it stands the asset's name
                        values.add(name + "=" + value);
                      }
                    });
          }
          return values.size() >= count;
        });
  }

  /** Datagrams that the kernel threw away since the port was bound, in either family; the last column. */
  private static long dropped(int port) throws IOException {
    String local = String.format(":%04X ", port);
    List<String> sockets = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/udp")));
    sockets.addAll(Files.readAllLines(Path.of("/proc/net/udp6")));
    return sockets.stream()
        .filter(line -> line.contains(local))
        .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[12]))
        .findFirst()
        .orElseThrow(
            () -> new IOException("port " + port + " is in neither of /proc/net/udp and udp6"));
  }

  private static long resident(Gateway gateway) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + gateway.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}

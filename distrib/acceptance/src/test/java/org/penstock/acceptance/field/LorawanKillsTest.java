package org.penstock.acceptance.field;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
 * 200 kill -9 at any moment after an uplink. If deleted: after a power cut the gateway could believe what somebody has
 * recorded, or refuse what a device sends next.
 */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class LorawanKillsTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int KILLS = Integer.getInteger("penstock.kills", 200);
  private static final int LATEST_MS = 150;
  private static final String KEY = "00112233445566778899aabbccddeeff";
  private static final String CELLAR = "70b3d57ed00000a1";
  private static final String DRIVER = "driver/lorawan/lora";

  @TempDir Path folder;
  private Gateway gateway;
  private Inbox inbox;
  private int inFlight;
  private int lost;

  private static String seed(int port, int broker) {
    return new Seed()
        .cloud(broker)
        .component(
            "lora",
            "org.penstock.driver.lorawan",
            "port",
            port,
            "status.interval.h",
            0,
            "devices",
            CELLAR + " cellar codec=count",
            "keys",
            new Password(CELLAR + " " + KEY),
            "codecs",
            "== count fields\nn uint32 0\n")
        .asset("cellar", "lora")
        .graph(3_600_000, "cellar")
        .channel("cellar", "n", "LONG", "dev.eui", CELLAR, "field", "n")
        .component("cellar", "org.eclipse.kura.wire.WireAsset", "n#+listen", true)
        .xml();
  }

  private double count(String name) {
    Double value = gateway.figure(DRIVER, name);
    return value == null ? 0 : value;
  }

  private void awaitGateway() {
    Await.until(
        LIMIT,
        () -> gateway.health().toString(),
        () -> gateway.figure(DRIVER, "gateway.aa555a0000000200.quiet.ms") != null);
  }

  /** How many messages have this value. */
  private long arrived(int from, long value) {
    return inbox.messages().stream()
        .skip(from)
        .filter(m -> Long.valueOf(value).equals(Payloads.metrics(m.payload()).get("n")))
        .count();
  }

  @Test
  void noReplayIsBelievedAndNoDeviceLockedOut() {
    int port = Ports.free();
    Random random = new Random(13);
    try (Mosquitto broker = new Mosquitto(folder);
        Inbox own = new Inbox(broker.port(), "acme/gw1/A1/#");
        Gateway killed =
            new Gateway(folder, seed(port, broker.port())).java("-XX:TieredStopAtLevel=1");
        Radio radio = new Radio(port, KEY, CELLAR)) {
      gateway = killed.start();
      inbox = own;
      awaitGateway();
      radio.say("join 0", "joined 0");
      for (int i = 1; i <= KILLS; i++) {
        kill(radio, i, random.nextInt(LATEST_MS));
      }
    }
    System.out.printf("%d kills, in flight %d, of these lost %d%n", KILLS, inFlight, lost);
  }

  private void kill(Radio radio, int number, int millis) {
    int from = inbox.messages().size();
    radio.say("up 0 1 " + String.format("%08x", 2 * number));
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    gateway.kill();
    gateway.start();
    awaitGateway();
    // what was said before the kill was heard, and given on, or it was in flight
    radio.say("replay 0");
    Await.until(
        LIMIT,
        () -> "the replay is not counted: " + gateway.health(),
        () -> count("uplinks.repeated") + count("uplinks.accepted") >= 1);
    boolean isBelieved = count("uplinks.accepted") >= 1;
    if (isBelieved) {
      inFlight++;
      assertEquals(0, count("uplinks.repeated"));
    }
    // the next is never refused
    double before = count("uplinks.accepted");
    radio.say("up 0 1 " + String.format("%08x", 2 * number + 1));
    Await.until(
        LIMIT,
        () -> "a genuine frame was refused after kill " + number + ": " + gateway.health(),
        () -> count("uplinks.accepted") > before && arrived(from, 2L * number + 1) >= 1);
    if (isBelieved) {
      // a frame that was believed a second time would have come twice
      assertEquals(1, arrived(from, 2L * number), "kill " + number);
    } else if (arrived(from, 2L * number) == 0) {
      lost++; // its counter was on disk, itself not yet
    }
  }
}

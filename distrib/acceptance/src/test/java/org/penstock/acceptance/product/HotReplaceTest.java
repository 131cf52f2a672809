package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * driver.template is replaced through the deploy folder while a Modbus asset polls. Without it an
 * update of one driver could hold up the others.
 */
class HotReplaceTest {

  private static final int PERIOD_MS = 200;
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int TRIES = 3;
  private static final int REPLACEMENTS = 3;
  private static final int POLLS = 30;

  @TempDir Path folder;

  @Test
  void theModbusAssetMissesNoPeriod() {
    try (Device device = new Device(folder);
        Mosquitto broker = new Mosquitto(folder);
        Inbox inbox = new Inbox(broker.port(), "acme/gw1/A1/tank");
        Gateway gateway = new Gateway(folder, seed(device, broker))) {
      gateway.start();
      int version = 0;
      StringBuilder tries = new StringBuilder();
      for (int n = 0; n < TRIES; n++) { // another job of the machine may hold up either run
        int control = inbox.messages().size();
        inbox.await(control + POLLS, LIMIT);
        int replaced = inbox.messages().size();
        for (int i = 0; i < REPLACEMENTS; i++) {
          replace(gateway, ++version);
        }
        inbox.await(replaced + POLLS, LIMIT);
        long before = missed(inbox.messages().subList(control, replaced));
        long during = missed(inbox.messages().subList(replaced, inbox.messages().size()));
        tries.append(before).append(" in the control run, ").append(during).append("; ");
        if (during <= before) {
          return;
        }
      }
      throw new AssertionError("missed periods: " + tries);
    }
  }

  private static String seed(Device device, Mosquitto broker) {
    return new Seed()
        .cloud(broker.port())
        .modbus("plc", device.port())
        .component("toy", "org.penstock.driver.template")
        .asset("tank", "plc")
        .register("tank", "level", "INTEGER", "INT16", 0)
        .asset("toys", "toy")
        .channel("toys", "wave", "DOUBLE", "address", "sine/60000/5")
        .component(
            "tank", "org.eclipse.kura.wire.WireAsset", "timestamp.mode", "SINGLE_ASSET_GENERATED")
        .graph(PERIOD_MS, "tank", "toys")
        .xml();
  }

  private static void replace(Gateway gateway, int version) {
    BundleJar.of(BundleJar.shipped("org.penstock.driver.template"))
        .header("Bundle-Version", "9.0." + version)
        .to(gateway.home().resolve("deploy/template.jar"));
    String wanted = "\"version\":\"9.0." + version + "\"";
    Await.until(
        LIMIT,
        () -> "the new version is not active: " + gateway.health(),
        () -> {
          String bundles = gateway.get("/services/inventory/v1/bundles").body();
          return bundles.contains(wanted);
        });
    String read = "{\"channels\":[\"wave\"]}";
    Await.until(
        LIMIT,
        () -> "the replaced driver does not answer",
        () -> gateway.send("POST", "/services/assets/toys/_read", read).body().contains("value"));
  }

  /** Whole periods without a poll, by the polls' own times. */
  private static long missed(List<Inbox.Message> messages) {
    long missed = 0;
    long before = 0;
    for (Inbox.Message message : messages) {
      long at = (Long) Payloads.metrics(message.payload()).get("assetTimestamp");
      if (before != 0) {
        missed += Math.max(0, (at - before) / PERIOD_MS - 1);
      }
      before = at;
    }
    assertTrue(messages.size() >= POLLS, "polls: " + messages.size());
    return missed;
  }
}

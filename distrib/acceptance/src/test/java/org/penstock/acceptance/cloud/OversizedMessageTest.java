package org.penstock.acceptance.cloud;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Device;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Inbox;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.Seed;

/**
 * Mosquitto, MQTT 3.1.1, hangs up at packets of more than 1,500 bytes, and one asset's are larger. Without it
 * one message too large could keep a whole plant's data from the cloud.
 */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class OversizedMessageTest {

  private static final Duration LIMIT = Duration.ofSeconds(240);

  @TempDir Path folder;

  @Test
  void whatTheBrokerDoesNotTakeRestsAndTheOthersArrive() {
    try (Mosquitto broker = new Mosquitto(folder, "max_packet_size 1500");
        Device device = new Device(folder)) {
      Seed seed =
          new Seed()
              .cloud(broker.port())
              .modbus("plc", device.port())
              .asset("tank", "plc")
              .register("tank", "level", "INTEGER", "INT16", 0)
              .asset("hall", "plc");
      for (int i = 0; i < 40; i++) {
        String name = "aChannelWithANameOfFortyLettersOrAFewMore" + i;
        seed.register("hall", name, "INTEGER", "INT16", i);
      }
      seed.graph(2000, "tank", "hall");
      try (Gateway gateway = new Gateway(folder, seed.xml()).start();
          Inbox inbox = new Inbox(broker.port(), "acme/gw1/A1/tank")) {
        Await.until(
            LIMIT,
            () -> "nothing rests: " + gateway.health(),
            () -> figure(gateway, "resting") >= 5);
        int before = inbox.messages().size();
        inbox.await(before + 5, LIMIT);
        String states = gateway.health().toString();
        assertTrue(states.contains("look at the broker's log and its limit of size"), states);
        double published = figure(gateway, "resting");
        Await.until(
            LIMIT,
            () -> "the next of them are tried: " + gateway.health(),
            () -> figure(gateway, "resting") > published + 1);
        assertTrue(figure(gateway, "connected") == 1.0);
      }
    }
  }

  private static double figure(Gateway gateway, String name) {
    Double figure = gateway.figure("cloud/data/" + Seed.DATA_SERVICE, name);
    return figure == null ? -1 : figure;
  }
}

package org.penstock.acceptance.cloud;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.configuration.Keytool;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Device;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.HiveMq;
import org.penstock.acceptance.product.Inbox;
import org.penstock.acceptance.product.Payloads;
import org.penstock.acceptance.product.Seed;

/**
 * HiveMQ over websockets (MQTT 3.1.1) and websockets with TLS (MQTT 5). Without it the gateway could
 * lean on what mosquitto forgives, and websockets were untried: Debian's mosquitto has none.
 */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class SecondBrokerTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String TRANSPORT =
      "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";

  @TempDir Path folder;

  @Test
  void valuesArriveOverWebSocketsPlainAndSecure() {
    Keytool authority = new Keytool(folder);
    Path keys = authority.issue("broker");
    try (HiveMq broker = new HiveMq(folder, keys);
        Device device = new Device(folder)) {
      broker.await(); // both starting at once would take longer than each may
      Seed seed = seed(broker, device, keys);
      try (Gateway gateway = new Gateway(folder, seed.xml()).launch();
          Inbox kura = new Inbox(broker.port(), "acme/gw1/A1/tank");
          Inbox json = new Inbox(broker.port(), "json/tank")) {
        device.holding(1, 0, 4711);
        Await.until(
            LIMIT,
            () -> "log " + gateway.log(),
            () ->
                kura.messages().stream()
                    .anyMatch(
                        m ->
                            Integer.valueOf(4711)
                                .equals(Payloads.metrics(m.payload()).get("level"))));
        Await.until(
            LIMIT,
            () -> "log " + gateway.log(),
            () ->
                json.messages().stream()
                    .map(m -> new String(m.payload(), StandardCharsets.UTF_8))
                    .anyMatch(text -> text.contains("\"level\":4711")));
      }
    }
  }

  private static Seed seed(HiveMq broker, Device device, Path keys) {
    return new Seed()
        .cloud(1)
        .component(
            TRANSPORT, TRANSPORT, "broker-url", "ws://localhost:" + broker.webSocket() + "/mqtt")
        .plain(1)
        .component(
            "plain-mqtt",
            TRANSPORT,
            "broker-url",
            "wss://localhost:" + broker.secureWebSocket() + "/mqtt",
            "protocol-version",
            5,
            "SslManagerService.target",
            "(kura.service.pid=ssl)")
        .component(
            "trusted",
            "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl",
            "keystore.path",
            keys.toString())
        .component(
            "ssl",
            "org.eclipse.kura.ssl.SslManagerService",
            "KeystoreService.target",
            "(kura.service.pid=trusted)")
        .modbus("plc", device.port())
        .asset("tank", "plc")
        .register("tank", "level", "INTEGER", "INT16", 0)
        .graph(200, "tank")
        .publish("to-json", "tank", "plain");
  }
}

package org.penstock.acceptance.configuration;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.Seed;

/**
 * The gateway at a broker that wants to see its certificate. If deleted: key store, TLS and transport
 * could each be right and no plant with mutual TLS be connected.
 */
class TlsRoadTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String TRANSPORT =
      "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";

  @TempDir Path folder;

  @Test
  void mutualTlsWithMosquittoByKeysFromKeytool() {
    Keytool authority = new Keytool(folder);
    authority.issue("broker");
    Path client = authority.issue("gw1");
    try (Mosquitto broker =
        new Mosquitto(
            folder,
            "cafile " + authority.authority(),
            "certfile " + authority.certificate("broker"),
            "keyfile " + authority.key("broker"),
            "require_certificate true")) {
      Seed seed =
          new Seed()
              .cloud(broker.port())
              .component(
                  TRANSPORT,
                  TRANSPORT,
                  "broker-url",
                  "mqtts://localhost:" + broker.port(),
                  "SslManagerService.target",
                  "(kura.service.pid=ssl)")
              .component(
                  "SSLKeystore",
                  "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl",
                  "keystore.path",
                  client.toString())
              .component(
                  "ssl",
                  "org.eclipse.kura.ssl.SslManagerService",
                  "KeystoreService.target",
                  "(kura.service.pid=SSLKeystore)");
      try (Gateway gateway = new Gateway(folder, seed.xml()).start()) {
        Await.until(LIMIT, () -> "not connected: " + gateway.health(), () -> isUp(gateway));
      }
    }
  }

  private static boolean isUp(Gateway gateway) {
    Double connected = gateway.figure("cloud/mqtt/" + TRANSPORT, "connected");
    return connected != null && connected == 1.0;
  }
}

package org.penstock.acceptance.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.kura.configuration.Password;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.Ports;
import org.penstock.acceptance.product.Seed;

/**
 * The gateway at a broker that wants to see its certificate. If deleted: key store, TLS and transport
 * could each be right and no plant with mutual TLS be connected.
 */
@Tag("beside")
class TlsRoadTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String TRANSPORT =
      "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";

  private static final String FILE = "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl";
  private static final String TOKEN = "org.eclipse.kura.core.keystore.PKCS11KeystoreServiceImpl";

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
              .component("SSLKeystore", FILE, "keystore.path", client.toString())
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

  /** If deleted: keys on tokens could be listed and yet sign nothing. */
  @Test
  void mutualTlsWithMosquittoByAKeyThatNeverLeavesItsToken() {
    Keytool authority = new Keytool(folder);
    authority.issue("broker");
    Path trust = authority.issue("other");
    authority.issue("gw1");
    SoftHsm token = new SoftHsm(folder);
    token.hold("gw1", authority.key("gw1"), authority.der("gw1"));
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
              .component("token", TOKEN, "library.path", SoftHsm.library().toString())
              .component("token", TOKEN, "pin", new Password("9999"))
              .component("trust", FILE, "keystore.path", trust.toString())
              .component(
                  "ssl",
                  "org.eclipse.kura.ssl.SslManagerService",
                  "KeystoreService.target",
                  "(kura.service.pid=token)",
                  "TruststoreKeystoreService.target",
                  "(kura.service.pid=trust)");
      try (Gateway gateway =
          new Gateway(folder, seed.xml())
              .variable("SOFTHSM2_CONF", token.configuration().toString())
              .start()) {
        Await.until(
            LIMIT,
            () -> "the wrong PIN is not told: " + gateway.health(),
            () -> state(gateway).contains("refuses the PIN"));
        assertFalse(isUp(gateway));
        String pin = "{\"properties\":{\"pin\":{\"type\":\"PASSWORD\",\"value\":\"%s\"}}}";
        int status =
            gateway
                .send("PATCH", "/api/v1/configurations/token", pin.formatted(SoftHsm.PIN))
                .statusCode();
        assertEquals(204, status);
        Await.until(LIMIT, () -> "not connected: " + gateway.health(), () -> isUp(gateway));
        String entries =
            gateway.get("/services/keystores/v2/entries?keystoreServicePid=token").body();
        assertTrue(entries.contains("gw1"), entries);
        assertFalse(gateway.health().toString().contains(SoftHsm.PIN), "the PIN is shown");
      }
    }
  }

  /** If deleted: a stolen broker's key could be served for ever, or nobody be told why it is refused. */
  @Test
  void aBrokerThatOpensslsResponderCallsRevokedIsRefusedInWordsAndAValidOneIsTaken() {
    int port = Ports.free();
    Keytool authority = new Keytool(folder);
    authority.issue("broker", "http://127.0.0.1:" + port);
    Path trust = authority.issue("other");
    try (Mosquitto broker =
        new Mosquitto(
            folder,
            "certfile " + authority.certificate("broker"),
            "keyfile " + authority.key("broker"))) {
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
              .component("trust", FILE, "keystore.path", trust.toString())
              .component(
                  "ssl",
                  "org.eclipse.kura.ssl.SslManagerService",
                  "KeystoreService.target",
                  "(kura.service.pid=trust)",
                  "ssl.revocation.check.enabled",
                  true);
      try (Gateway gateway = new Gateway(folder, seed.xml())) {
        try (Ocsp revoked = new Ocsp(folder, authority, "broker", 'R', port)) {
          gateway.start();
          Await.until(
              LIMIT,
              () -> "not told: " + gateway.health(),
              () -> gateway.health().toString().contains("was revoked at 2026-01-01"));
          assertFalse(isUp(gateway));
        }
        try (Ocsp valid = new Ocsp(folder, authority, "broker", 'V', port)) {
          Await.until(LIMIT, () -> "not connected: " + gateway.health(), () -> isUp(gateway));
        }
      }
    }
  }

  private static String state(Gateway gateway) {
    return String.valueOf(gateway.health().getAsJsonObject("states").get("core/keystore/token"));
  }

  private static boolean isUp(Gateway gateway) {
    Double connected = gateway.figure("cloud/mqtt/" + TRANSPORT, "connected");
    return connected != null && connected == 1.0;
  }
}

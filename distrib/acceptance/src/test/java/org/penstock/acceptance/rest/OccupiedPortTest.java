package org.penstock.acceptance.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Ports;

/** Without it a gateway whose HTTPS can't start could stop, or say nothing. */
class OccupiedPortTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  private static boolean says(Gateway gateway, String text) {
    return gateway.log().stream().anyMatch(line -> line.contains(text));
  }

  @Test
  void anOccupiedPortIsSaidOnceAndTakenWhenItGetsFree() throws IOException {
    Gateway gateway;
    int port;
    try (ServerSocket occupier = new ServerSocket()) {
      occupier.bind(new InetSocketAddress(0));
      port = occupier.getLocalPort();
      gateway = new Gateway(folder, null).with("--https-port", "" + port).launch();
      String wanted = "HTTPS port " + port + " can't be opened";
      Await.until(LIMIT, () -> "no message: " + gateway.log(), () -> says(gateway, wanted));
      assertEquals(1, gateway.log().stream().filter(l -> l.contains(wanted)).count());
    }
    try (gateway) {
      Await.until(LIMIT, () -> "port not taken: " + gateway.log(), () -> Ports.open(port));
    }
  }

  @Test
  void aDamagedKeyStoreIsSaidAndReplaced() throws IOException {
    Path keys = Files.createDirectories(folder.resolve("home/keys"));
    Files.writeString(keys.resolve("https.p12"), "damaged");
    Files.writeString(keys.resolve("https.password"), "damaged");
    try (Gateway gateway = new Gateway(folder, null).start()) {
      assertTrue(says(gateway, "https.p12.damaged"), () -> "no message: " + gateway.log());
      assertEquals(200, gateway.send(gateway.request("/health").GET()).statusCode());
    }
  }
}

package org.penstock.acceptance.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/**
 * A whole gateway moves to a blank box. If deleted: the archive could be right in itself and a broken
 * box not be replaced by it.
 */
@Tag("beside")
class RestoreTest {

  private static final String PASSPHRASE = "a passphrase for the road";
  private static final String CONFIGURATIONS =
      "/services/configuration/v2/configurableComponents/configurations";

  @TempDir Path folder;

  private static String configuration(Gateway gateway) {
    return gateway.send("POST", CONFIGURATIONS + "/byPid", "{\"pids\":[\"log1\"]}").body();
  }

  @Test
  void aBlankBoxStartsWithTheOldOnesConfigurationKeysAndIdentities() throws IOException {
    String seed = new Seed().component("log1", "org.eclipse.kura.wire.Logger").xml();
    Path archive = folder.resolve("gateway.archive");
    Path before = Files.createDirectory(folder.resolve("before"));
    try (Gateway old = new Gateway(before, seed).start()) {
      old.send(
          "PUT",
          CONFIGURATIONS + "/_update",
          "{\"configs\":[{\"pid\":\"log1\",\"properties\":{\"note\":{\"type\":\"STRING\","
              + "\"value\":\"from the old box\"}}}]}");
      assertTrue(configuration(old).contains("from the old box"));
      HttpResponse<byte[]> export =
          old.bytes(
              old.authorised("/api/v1/archive")
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"passphrase\":\"" + PASSPHRASE + "\"}")));
      assertEquals(200, export.statusCode());
      Files.write(archive, export.body());
    }
    Path passphrase = Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
    Path after = Files.createDirectory(folder.resolve("after"));
    try (Gateway next =
        new Gateway(after, null)
            .with(
                "--restore",
                archive.toString(),
                "--restore-passphrase-file",
                passphrase.toString())) {
      next.start();
      assertTrue(configuration(next).contains("from the old box"), () -> configuration(next));
      assertTrue(
          java.util.Arrays.equals(
              Files.readAllBytes(before.resolve("home/keys/device.key")),
              Files.readAllBytes(after.resolve("home/keys/device.key"))),
          "the device key travels");
      next.stop();
      next.start(); // the option may stay on the command line
      assertTrue(configuration(next).contains("from the old box"));
    }
  }

  /** The same by the console: without it whoever has no shell of the box could only export. */
  @Test
  void anArchiveTakesThePlaceOfARunningGatewaysStateAtItsNextStart() throws IOException {
    String seed = new Seed().component("log1", "org.eclipse.kura.wire.Logger").xml();
    try (Gateway gateway = new Gateway(folder, seed).start()) {
      String wish = "{\"passphrase\":\"" + PASSPHRASE + "\"}";
      byte[] archive =
          gateway
              .bytes(
                  gateway
                      .authorised("/api/v1/archive")
                      .header("Content-Type", "application/json")
                      .POST(HttpRequest.BodyPublishers.ofString(wish)))
              .body();
      gateway.send(
          "PUT",
          CONFIGURATIONS + "/_update",
          "{\"configs\":[{\"pid\":\"log1\",\"properties\":{\"note\":{\"type\":\"STRING\","
              + "\"value\":\"later\"}}}]}");
      assertEquals(400, take(gateway, archive, "another%20passphrase").statusCode());
      HttpResponse<byte[]> taken = take(gateway, archive, PASSPHRASE.replace(" ", "%20"));
      assertEquals(200, taken.statusCode(), () -> new String(taken.body()));
      assertTrue(configuration(gateway).contains("later"), "nothing changes before the restart");
      gateway.stop();
      gateway.start();
      assertFalse(configuration(gateway).contains("later"), () -> configuration(gateway));
      assertTrue(configuration(gateway).contains("log1"), () -> configuration(gateway));
      assertTrue(Files.exists(gateway.home().resolve("replaced/keys/device.key")));
    }
  }

  private static HttpResponse<byte[]> take(Gateway gateway, byte[] archive, String passphrase) {
    return gateway.bytes(
        gateway
            .authorised("/api/v1/archive/_import")
            .header("Content-Type", "application/octet-stream")
            .header("Archive-Passphrase", passphrase)
            .POST(HttpRequest.BodyPublishers.ofByteArray(archive)));
  }
}

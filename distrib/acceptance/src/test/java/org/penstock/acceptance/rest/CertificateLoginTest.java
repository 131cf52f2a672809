package org.penstock.acceptance.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.configuration.Keytool;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;

/**
 * Certificates log in, as curl and keytool have them. Without it nobody could log in by a
 * certificate, or anybody by one that he made himself.
 */
class CertificateLoginTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String LOGIN = "/services/session/v1/login/certificate";
  private static final String CERTIFICATE = "/services/keystores/v2/entries/certificate";
  private static final String PLACE =
      "\"keystoreServicePid\":\"HttpsKeystore\",\"alias\":\"people\"";

  @TempDir static Path folder;

  private static Gateway gateway;

  /** What curl got. */
  private record Got(int exit, String text) {
    int status() {
      return exit != 0 ? -exit : Integer.parseInt(text.split(" ")[1]);
    }
  }

  @BeforeAll
  static void start() {
    gateway = new Gateway(folder, null).start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static Keytool authority(String name) throws IOException {
    return new Keytool(Files.createDirectory(folder.resolve(name)));
  }

  /** Calls curl with headers in its output. */
  private static Got curl(String path, String... options) {
    List<String> command = new ArrayList<>(List.of("curl", "-s", "-i", "-k", "-m", "30"));
    command.addAll(List.of(options));
    command.add(gateway.address() + path);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("curl hangs");
      }
      return new Got(process.exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Who tries again and again is told to wait: not what is looked for here. */
  private static Got login(Path store) {
    String certificate = store + ":" + Keytool.PASSWORD;
    Got[] got = new Got[1];
    Await.until(
        LIMIT,
        () -> "login: " + got[0],
        () -> {
          got[0] = curl(LOGIN, "-X", "POST", "--cert-type", "P12", "--cert", certificate);
          return got[0].status() != 429;
        });
    return got[0];
  }

  private static void awaitEnabled(boolean enabled) {
    Await.until(
        LIMIT,
        () -> "certificates are not " + (enabled ? "on" : "off") + " at the server",
        () -> {
          Got info = curl("/services/session/v1/authenticationInfo");
          return info.exit() == 0
              && info.text().contains("\"certificateAuthenticationEnabled\":" + enabled);
        });
  }

  private static void makeAnna() {
    String path = "/services/identity/v2/identities";
    assertEquals(200, gateway.send("POST", path, "{\"name\":\"anna\"}").statusCode());
    HttpResponse<String> made =
        gateway.send(
            "PUT",
            path,
            "{\"identity\":{\"name\":\"anna\"},"
                + "\"permissionConfiguration\":{\"permissions\":[{\"name\":\"rest.assets\"}]},"
                + "\"passwordConfiguration\":{\"passwordChangeNeeded\":false,"
                + "\"passwordAuthEnabled\":false}}");
    assertEquals(200, made.statusCode(), made.body());
  }

  @Test
  @EnabledIfSystemProperty(named = "penstock.all", matches = "true")
  void aCertificateOfTheAuthorityLogsInAndNoOther() throws IOException {
    Keytool people = authority("people");
    Path anna = people.issue("anna");
    Path nobody = people.issue("nobody");
    Path forged = authority("forgers").issue("anna");
    makeAnna();
    awaitEnabled(false);
    assertEquals(401, login(anna).status(), "before anybody vouches");

    JsonObject trusted = JsonParser.parseString("{" + PLACE + "}").getAsJsonObject();
    trusted.addProperty("certificate", Files.readString(people.authority()));
    assertEquals(204, gateway.send("POST", CERTIFICATE, trusted.toString()).statusCode());
    awaitEnabled(true);
    Await.until(LIMIT, () -> "anna: " + login(anna), () -> login(anna).status() == 200);

    Got in = login(anna);
    assertTrue(in.text().endsWith("{\"passwordChangeNeeded\":false}"), in.text());
    String cookie = "Cookie: " + in.text().replaceAll("(?s).*(JSESSIONID=[^;]+);.*", "$1");
    Got token = curl("/services/session/v1/xsrfToken", "-H", cookie);
    String xsrf =
        "X-XSRF-Token: " + token.text().replaceAll("(?s).*\"xsrfToken\":\"([^\"]+).*", "$1");
    assertEquals(200, curl("/services/assets", "-H", cookie, "-H", xsrf).status());
    assertEquals(403, curl("/services/inventory/v1/bundles", "-H", cookie, "-H", xsrf).status());
    assertTrue(
        curl("/services/session/v1/currentIdentity", "-H", cookie, "-H", xsrf)
            .text()
            .contains("\"name\":\"anna\""));

    assertEquals(401, login(nobody).status(), "there is no such identity");
    assertNotEquals(200, login(forged).status(), "made by a stranger");
    assertEquals(401, curl(LOGIN, "-X", "POST").status(), "without any");
    assertEquals(200, gateway.get("/services/assets").statusCode(), "by password as before");

    assertEquals(
        204,
        gateway.send("DELETE", "/services/keystores/v2/entries", "{" + PLACE + "}").statusCode());
    awaitEnabled(false);
    Await.until(LIMIT, () -> "anna: " + login(anna), () -> login(anna).status() == 401);
  }

  /** Nothing older than TLS 1.2 is spoken, whatever the client asks for. */
  @Test
  void oldTlsIsRefused() {
    for (String version : List.of("1.2", "1.3")) {
      assertEquals(
          200, curl("/health", "--tlsv" + version, "--tls-max", version).status(), version);
    }
    for (String version : List.of("1.0", "1.1")) {
      Got got =
          curl(
              "/health",
              "--tlsv" + version,
              "--tls-max",
              version,
              "--ciphers",
              "DEFAULT@SECLEVEL=0");
      assertNotEquals(0, got.exit(), version + " gave " + got.text());
    }
  }
}

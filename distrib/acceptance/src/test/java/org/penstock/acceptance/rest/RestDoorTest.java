package org.penstock.acceptance.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/**
 * Without it REST could answer in our unit tests and not on the assembled product, or answer
 * everybody: a second bundle that exports the annotations of authorisation is in the framework, the
 * set-up in which a genuine Kura lost all authorisation in silence.
 */
class RestDoorTest {

  @TempDir static Path folder;

  private static Gateway gateway;

  @BeforeAll
  static void start() throws IOException {
    Seed seed =
        new Seed()
            .component("toy", "org.penstock.driver.template")
            .component("pump1", "org.eclipse.kura.wire.WireAsset", "driver.pid", "toy");
    gateway = new Gateway(folder, seed.xml());
    secondExporter(Files.createDirectories(gateway.home().resolve("deploy")).resolve("second.jar"));
    gateway.start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static void secondExporter(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "second.exporter");
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue(
        "Export-Package",
        "jakarta.annotation.security;version=2.1.1,javax.annotation.security;version=1.3.0");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest)) {
      for (String name : new String[] {"RolesAllowed", "PermitAll", "DenyAll"}) {
        String path = "jakarta/annotation/security/" + name + ".class";
        zip.putNextEntry(new JarEntry(path));
        try (InputStream in = RestDoorTest.class.getClassLoader().getResourceAsStream(path)) {
          in.transferTo(zip);
        }
        zip.closeEntry();
      }
    }
  }

  private static HttpResponse<String> anonymous(String path) {
    return gateway.send(gateway.request(path).GET());
  }

  @Test
  void theSecondExporterIsThere() {
    JsonArray bundles =
        json("/services/inventory/v1/bundles").getAsJsonObject().getAsJsonArray("bundles");
    JsonObject second = null;
    for (int i = 0; i < bundles.size(); i++) {
      JsonObject bundle = bundles.get(i).getAsJsonObject();
      if (bundle.get("name").getAsString().equals("second.exporter")) {
        second = bundle;
      }
    }
    assertEquals("ACTIVE", second == null ? null : second.get("state").getAsString());
    assertEquals("1.0.0", second.get("version").getAsString());
    assertFalse(second.get("signed").getAsBoolean());
  }

  private static JsonElement json(String path) {
    HttpResponse<String> answer = gateway.get(path);
    assertEquals(200, answer.statusCode(), answer.body());
    return JsonParser.parseString(answer.body());
  }

  @Test
  void nobodyGetsInWithoutCredentials() {
    for (String path :
        new String[] {
          "/services/assets",
          "/services/configuration/v2/snapshots",
          "/services/inventory/v1/bundles"
        }) {
      HttpResponse<String> answer = anonymous(path);
      assertEquals(401, answer.statusCode(), path);
      assertTrue(answer.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Basic"));
    }
    HttpRequest.Builder wrong =
        gateway.request("/services/assets").header("Authorization", "Basic YWRtaW46YWRtaW4=");
    assertEquals(401, gateway.send(wrong.GET()).statusCode(), "admin:admin");
  }

  @Test
  void healthAnswersWithoutLogin() {
    HttpResponse<String> answer = anonymous("/health");
    assertEquals(200, answer.statusCode(), answer.body());
    JsonObject health = JsonParser.parseString(answer.body()).getAsJsonObject();
    assertTrue(health.get("ready").getAsBoolean());
  }

  @Test
  void configurationsAreListedAndRead() {
    String pids = json("/services/configuration/v2/configurableComponents").toString();
    assertTrue(pids.contains("\"toy\"") && pids.contains("\"pump1\""), pids);
    HttpResponse<String> answer =
        gateway.send(
            "POST",
            "/services/configuration/v2/configurableComponents/configurations/byPid",
            "{\"pids\":[\"pump1\",\"nobody\"]}");
    assertEquals(200, answer.statusCode(), answer.body());
    JsonArray configs =
        JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonArray("configs");
    assertEquals(1, configs.size(), "unknown pids are left out");
    JsonObject asset = configs.get(0).getAsJsonObject();
    assertEquals("pump1", asset.get("pid").getAsString());
    assertEquals(
        "{\"type\":\"STRING\",\"value\":\"toy\"}",
        asset.getAsJsonObject("properties").get("driver.pid").toString());
    assertTrue(asset.getAsJsonObject("definition").getAsJsonArray("ad").size() > 0);
  }

  @Test
  void assetsAreListed() {
    assertEquals("[\"pump1\"]", json("/services/assets").toString());
    assertEquals(404, gateway.get("/services/assets/nobody").statusCode());
  }

  @Test
  void badBodiesAreTheCallersFault() {
    for (String body : new String[] {"", "{", "[]", "{\"pids\":3}", "{}"}) {
      HttpResponse<String> answer =
          gateway.send(
              "POST",
              "/services/configuration/v2/configurableComponents/configurations/byPid",
              body);
      assertEquals(400, answer.statusCode(), body + " gave " + answer.body());
      assertTrue(answer.body().contains("\"message\""), answer.body());
    }
  }

  @Test
  void pathsDoNotLeaveTheirTree() {
    for (String path :
        new String[] {
          "/services/../../etc/passwd", "/services/%2e%2e/%2e%2e/etc/passwd", "/services/api/v1/x"
        }) {
      int status = gateway.get(path).statusCode();
      assertTrue(status == 404 || status == 400, path + " gave " + status);
    }
  }

  /** Seen in review: a few packages of whoever asked, read before the login was, took the whole heap. */
  @Test
  void nobodysPackageIsRefusedBeforeItsBodyIsRead() throws IOException {
    String head =
        "POST /api/v1/packages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream"
            + "\r\nContent-Length: 30000000\r\n\r\n";
    // the body never comes: with an answer all the same nobody has waited for it
    assertEquals("HTTP/1.1 401 Unauthorized", RawClient.statusOf(gateway, head));
  }

  /** Seen in review: eight bodies of 8 MiB of whoever asked were in memory before the login was. */
  @Test
  void nobodysBodyIsRefusedBeforeItIsRead() throws IOException {
    for (String path : new String[] {"/services/assets/pump1/_write", "/api/v1/channels/_write"}) {
      String head =
          "POST "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json"
              + "\r\nContent-Length: 8000000\r\n\r\n{";
      assertEquals("HTTP/1.1 401 Unauthorized", RawClient.statusOf(gateway, head), path);
    }
    String login =
        "POST /services/session/v1/login/password HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: 8000000\r\n\r\n{";
    String status = RawClient.statusOf(gateway, login);
    assertTrue(status.contains(" 413 "), status);
    String other = "POST /api/acme HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n";
    assertTrue(RawClient.statusOf(gateway, other).contains(" 404 "), "nothing is there");
  }
}

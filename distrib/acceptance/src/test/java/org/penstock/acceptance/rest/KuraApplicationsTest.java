package org.penstock.acceptance.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/** Without it tools written for Kura's REST could meet other answers than a genuine Kura's. */
class KuraApplicationsTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir static Path folder;

  private static Gateway gateway;

  @BeforeAll
  static void start() {
    Seed seed = new Seed().component("toy", "org.penstock.driver.template");
    seed.component(
        "keys",
        "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl",
        "keystore.path",
        folder.resolve("keys.p12").toString());
    gateway = new Gateway(folder, seed.xml()).start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static JsonElement ok(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    return JsonParser.parseString(answer.body());
  }

  private static int status(String method, String path, String json) {
    return gateway.send(method, path, json).statusCode();
  }

  private static int as(String name, String password, String path) {
    String pair = name + ":" + password;
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return gateway
        .send(gateway.request(path).header("Authorization", "Basic " + basic))
        .statusCode();
  }

  @Test
  void identitiesAreMadeChangedUsedAndRemoved() {
    String path = "/services/identity/v2/identities";
    assertEquals(200, status("POST", path, "{\"name\":\"anna\"}"));
    assertEquals(409, status("POST", path, "{\"name\":\"anna\"}"));
    assertEquals(400, status("POST", path, "{\"name\":\"a b\"}"));
    String anna =
        "{\"identity\":{\"name\":\"anna\"},"
            + "\"permissionConfiguration\":{\"permissions\":[{\"name\":\"rest.assets\"}]},"
            + "\"passwordConfiguration\":{\"passwordChangeNeeded\":false,"
            + "\"passwordAuthEnabled\":true,\"password\":\"%s\"}}";
    assertEquals(400, status("PUT", path, anna.formatted("short")));
    assertEquals(
        400, status("PUT", path, anna.formatted("long enough").replace("rest.assets", "x")));
    assertEquals(200, status("PUT", path, anna.formatted("long enough")));
    assertEquals(200, as("anna", "long enough", "/services/assets"));
    assertEquals(403, as("anna", "long enough", "/services/configuration/v2/snapshots"));
    JsonElement found =
        ok(gateway.send("POST", path + "/byName", "{\"identity\":{\"name\":\"anna\"}}"));
    assertEquals(
        "{\"identity\":{\"name\":\"anna\"},"
            + "\"permissionConfiguration\":{\"permissions\":[{\"name\":\"rest.assets\"}]},"
            + "\"passwordConfiguration\":{\"passwordChangeNeeded\":false,\"passwordAuthEnabled\":true},"
            + "\"additionalConfigurations\":{\"configurations\":[]}}",
        found.toString());
    JsonObject old =
        ok(gateway.send(
                "POST", "/services/identity/v1/identities/byName", "{\"userName\":\"anna\"}"))
            .getAsJsonObject();
    assertEquals("[\"rest.assets\"]", old.get("permissions").toString());
    assertEquals(200, status("DELETE", path, "{\"name\":\"anna\"}"));
    assertEquals(404, status("DELETE", path, "{\"name\":\"anna\"}"));
    assertEquals(403, status("DELETE", path, "{\"name\":\"admin\"}"), "oneself");
    assertEquals(401, as("anna", "long enough", "/services/assets"));
  }

  @Test
  void permissionsAndRequirementsAreListed() {
    String defined = ok(gateway.get("/services/identity/v2/definedPermissions")).toString();
    for (String name :
        new String[] {"kura.admin", "rest.assets", "rest.wires.admin", "role.view"}) {
      assertTrue(defined.contains("{\"name\":\"" + name + "\"}"), defined);
    }
    assertEquals(
        "{\"passwordMinimumLength\":8,\"digitsRequired\":false,"
            + "\"specialCharactersRequired\":false,\"bothCasesRequired\":false}",
        ok(gateway.get("/services/identity/v2/passwordStrenghtRequirements")).toString());
    String permissions = "/services/identity/v2/permissions";
    assertEquals(200, status("POST", permissions, "{\"name\":\"role.operate.north\"}"));
    assertEquals(409, status("POST", permissions, "{\"name\":\"role.operate.north\"}"));
    assertEquals(200, status("DELETE", permissions, "{\"name\":\"role.operate.north\"}"));
  }

  /** As quoted from a genuine Kura: 200 for what is there, 500 with failures in a batch. */
  @Test
  void componentsAreMadeAndRemoved() {
    String factories = "/services/configuration/v2/factoryComponents";
    String drv2 =
        "{\"configs\":[{\"pid\":\"drv2\",\"factoryPid\":\"org.penstock.driver.template\"}]}";
    assertEquals(200, status("POST", factories, drv2));
    HttpResponse<String> twice = gateway.send("POST", factories, drv2);
    assertEquals(500, twice.statusCode());
    assertTrue(
        twice.body().startsWith("{\"failures\":[{\"id\":\"create:drv2\",\"message\":"),
        twice.body());
    assertTrue(twice.body().contains("pid drv2 already exists"), twice.body());
    assertEquals(200, status("DELETE", factories + "/byPid", "{\"pids\":[\"drv2\"]}"));
    assertEquals(200, status("DELETE", factories + "/byPid", "{\"pids\":[\"none\"]}"), "as Kura");
    JsonArray ids =
        ok(gateway.get("/services/configuration/v2/snapshots"))
            .getAsJsonObject()
            .getAsJsonArray("ids");
    assertTrue(ids.size() >= 2, ids.toString());
    String last = ids.get(ids.size() - 1).getAsString();
    JsonObject snapshot =
        ok(gateway.send(
                "POST", "/services/configuration/v2/snapshots/byId", "{\"id\":" + last + "}"))
            .getAsJsonObject();
    assertTrue(snapshot.getAsJsonArray("configs").size() > 0);
    JsonArray definitions =
        ok(gateway.send(
                "POST",
                factories + "/ocd/byFactoryPid",
                "{\"pids\":[\"org.penstock.driver.template\"]}"))
            .getAsJsonObject()
            .getAsJsonArray("configs");
    assertEquals(1, definitions.size());
  }

  @Test
  void keysAreMadeRequestedAndRemoved() {
    String entries = "/services/keystores/v2/entries";
    String place = "\"keystoreServicePid\":\"keys\",\"alias\":\"gw\"";
    assertEquals(
        204,
        status(
            "POST",
            entries + "/keypair",
            "{"
                + place
                + ",\"algorithm\":\"RSA\",\"size\":2048,\"signatureAlgorithm\":\"SHA256withRSA\","
                + "\"attributes\":\"CN=gw1\"}"));
    JsonObject entry =
        ok(gateway.get(entries + "/entry?keystoreServicePid=keys&alias=gw")).getAsJsonObject();
    assertEquals("PRIVATE_KEY", entry.get("type").getAsString());
    assertEquals(2048, entry.get("size").getAsInt());
    String certificate = entry.getAsJsonArray("certificateChain").get(0).getAsString();
    assertTrue(certificate.startsWith("-----BEGIN CERTIFICATE-----\n"), certificate);
    assertFalse(entry.toString().contains("PRIVATE KEY-----"), "a private key is never told");
    JsonObject csr =
        ok(gateway.send(
                "POST",
                entries + "/csr",
                "{"
                    + place
                    + ",\"signatureAlgorithm\":\"SHA256withRSA\",\"attributes\":\"CN=gw1\"}"))
            .getAsJsonObject();
    assertTrue(csr.get("signingRequest").getAsString().contains("BEGIN CERTIFICATE REQUEST"));
    JsonObject trusted = new JsonObject();
    trusted.addProperty("keystoreServicePid", "keys");
    trusted.addProperty("alias", "ca");
    trusted.addProperty("certificate", "  " + certificate.replace("\n", "\r\n") + "\n\n");
    assertEquals(204, status("POST", entries + "/certificate", trusted.toString()));
    assertEquals(400, status("POST", entries + "/certificate", "{" + place + "}"));
    assertTrue(ok(gateway.get("/services/keystores/v1")).toString().contains("\"id\":\"keys\""));
    assertEquals(204, status("DELETE", entries, "{" + place + "}"));
    assertEquals(404, status("DELETE", entries, "{" + place + "}"));
  }

  @Test
  void systemPositionServicesAndAbsentOnesAnswer() {
    JsonObject facts =
        ok(gateway.get("/services/system/v1/properties/framework")).getAsJsonObject();
    assertEquals(System.getProperty("os.name"), facts.get("osName").getAsString());
    JsonObject one =
        ok(gateway.send(
                "POST",
                "/services/system/v1/properties/framework/filter",
                "{\"names\":[\"osName\"]}"))
            .getAsJsonObject();
    assertEquals(1, one.size());
    assertTrue(ok(gateway.get("/services/position/v1/isLocked")).getAsJsonObject().has("islocked"));
    String drivers =
        ok(gateway.send(
                "POST",
                "/services/serviceListing/v1/servicePids/byInterface",
                "{\"interfaceNames\":[\"org.eclipse.kura.driver.Driver\"]}"))
            .toString();
    assertEquals("{\"pids\":[\"toy\"]}", drivers);
    assertEquals(
        "{\"pids\":[\"toy\"]}",
        ok(gateway.send(
                "POST",
                "/services/serviceListing/v1/servicePids/byProperty",
                "{\"and\":[{\"name\":\"kura.service.pid\",\"value\":\"toy\"},{\"not\":{\"name\":\"x\"}}]}"))
            .toString());
    assertEquals("{\"enabled\":false}", gateway.get("/services/security/v2/debug-enabled").body());
    HttpResponse<String> absent = gateway.get("/services/networkStatus/v1/status");
    assertEquals(501, absent.statusCode());
    assertTrue(absent.body().contains("leaves the host's network to the host"), absent.body());
    HttpResponse<String> unknown =
        gateway.send("POST", "/services/inventory/v1/bundles/_start", "{\"name\":\"none\"}");
    assertEquals(404, unknown.statusCode());
    assertEquals("{\"message\":\"Not found.\"}", unknown.body(), "as a genuine Kura");
  }

  /** Off at first; then only what is allowed, as Kura answers it. */
  @Test
  void commandsRunOnceTheyAreAllowed() {
    String path = "/services/command/v1/command";
    String echo = "{\"command\":\"/bin/echo\",\"password\":\"sesame\",\"arguments\":[\"a;b\"]}";
    HttpResponse<String> off = gateway.send("POST", path, echo);
    assertEquals(503, off.statusCode(), off.body());
    assertTrue(off.body().contains("switched off"), off.body());
    HttpResponse<String> configured =
        gateway.send(
            "PUT",
            "/services/configuration/v2/configurableComponents/configurations/_update",
            "{\"configs\":[{\"pid\":\"org.eclipse.kura.cloud.app.command.CommandCloudApp\","
                + "\"properties\":{"
                + "\"command.enable\":{\"type\":\"BOOLEAN\",\"value\":true},"
                + "\"command.password.value\":{\"type\":\"PASSWORD\",\"value\":\"sesame\"},"
                + "\"command.allowed\":{\"type\":\"STRING\",\"value\":[\"/bin/echo\"]}}}]}");
    assertEquals(200, configured.statusCode(), configured.body());
    Await.until(
        LIMIT,
        () -> gateway.send("POST", path, echo).body(),
        () -> gateway.send("POST", path, echo).statusCode() == 200);
    assertEquals(
        "{\"stdout\":\"a;b\\n\",\"stderr\":\"\",\"exitCode\":0,\"isTimeOut\":false}",
        gateway.send("POST", path, echo).body());
    assertEquals(202, status("POST", path + "/async", echo));
    assertEquals(400, status("POST", path, echo.replace("sesame", "open")));
    assertEquals(400, status("POST", path, echo.replace("/bin/echo", "/bin/sh")));
    assertEquals(400, status("POST", path, "{\"arguments\":[]}"));
  }
}

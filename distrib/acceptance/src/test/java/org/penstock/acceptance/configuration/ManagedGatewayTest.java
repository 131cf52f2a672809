package org.penstock.acceptance.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/**
 * What goes beyond Kura's configuration, over REST on the assembled product. If deleted: each part
 * could be right in itself, and nobody reach it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class ManagedGatewayTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String LOGGER = "org.eclipse.kura.wire.Logger";
  private static final String CLOUD = "org.eclipse.kura.cloud.CloudService";
  private static final String TRANSPORT =
      "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";
  private static final String POLICY = "org.penstock.core.security.PasswordPolicy";

  @TempDir static Path folder;
  private static Gateway gateway;

  /** A plain snapshot of an older Kura lies in the folder; a fragment and variables are given. */
  @BeforeAll
  static void start() throws IOException {
    gateway =
        new Gateway(folder, null)
            .variable("PENSTOCK_SITE", "plant 7")
            .variable("PENSTOCK_SET_LOG", "log1 note=by variable");
    Path snapshots = Files.createDirectories(gateway.home().resolve("snapshots"));
    Files.writeString(
        snapshots.resolve("snapshot_0.xml"),
        new Seed()
            .component("log1", LOGGER, "note", "old")
            .component(CLOUD, null)
            .component(Seed.DATA_SERVICE, null, "connect.auto-on-startup", false)
            .component(TRANSPORT, null)
            .xml());
    Path fragments = Files.createDirectories(gateway.home().resolve("provision"));
    Files.writeString(
        fragments.resolve("10-site.xml"),
        new Seed().component("site", LOGGER, "note", "${PENSTOCK_SITE}").xml());
    gateway.start();
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  private static JsonObject json(HttpResponse<String> answer, int status) {
    assertEquals(status, answer.statusCode(), answer::body);
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private static String value(String pid, String key) {
    JsonObject component = json(gateway.get("/api/v1/configurations/" + pid), 200);
    JsonObject property = component.getAsJsonObject("properties").getAsJsonObject(key);
    return property == null ? "" : property.get("value").getAsString();
  }

  private static void awaitValue(String pid, String key, String wanted) {
    Await.until(LIMIT, () -> pid + " has " + value(pid, key), () -> value(pid, key).equals(wanted));
  }

  private static String note(String text) {
    return "{\"properties\":{\"note\":{\"type\":\"STRING\",\"value\":\"" + text + "\"}}}";
  }

  private static HttpResponse<String> change(String pid, String properties) {
    return gateway.send("PATCH", "/api/v1/configurations/" + pid, properties);
  }

  private static JsonObject snapshot(String name) {
    return json(
        gateway.send(
            "POST", "/api/v1/snapshots", "{\"name\":\"" + name + "\",\"comment\":\"why\"}"),
        201);
  }

  /** Contract 1.4: plain XML is encrypted in place, legacy singletons become instances. */
  @Test
  @Order(1)
  void aPlainSeedIsEncryptedInPlaceAndLegacyComponentsAreUpgraded() throws IOException {
    String sealed = Files.readString(gateway.home().resolve("snapshots/snapshot_0.xml"));
    assertTrue(sealed.matches("[A-Za-z0-9+/]{16}-[A-Za-z0-9+/=]+"), "IV, hyphen, cipher text");
    for (String pid : List.of(CLOUD, Seed.DATA_SERVICE, TRANSPORT)) {
      assertEquals(pid, value(pid, "service.factoryPid"));
    }
    assertEquals(
        "(kura.service.pid=org.eclipse.kura.data.DataService)", value(CLOUD, "DataService.target"));
  }

  @Test
  @Order(2)
  void provisioningIsAppliedReportedAndIdempotent() {
    assertEquals("plant 7", value("site", "note"));
    assertEquals("by variable", value("log1", "note"));
    assertEquals(1, provisioned());
    assertEquals(204, change("site", note("by hand")).statusCode());
    assertEquals(204, change("log1", note("by hand")).statusCode());
    gateway.stop();
    gateway.start();
    assertEquals("by hand", value("site", "note"), "a fragment is applied once");
    assertEquals("by variable", value("log1", "note"), "a variable holds at each start");
    assertEquals(2, provisioned(), "of which the second is the variable's");
    gateway.stop();
    gateway.start();
    assertEquals(2, provisioned(), "nothing to do: no snapshot");
  }

  private static long provisioned() {
    long count = 0;
    for (JsonElement one :
        json(gateway.get("/api/v1/snapshots"), 200).getAsJsonArray("snapshots")) {
      String comment = one.getAsJsonObject().get("comment").getAsString();
      count += comment.startsWith("provisioned: ") ? 1 : 0;
    }
    return count;
  }

  @Test
  @Order(3)
  void restIsStrictUnlessTheComponentOrTheGatewayIsLenient() {
    String tooShort = "{\"properties\":{\"minimum.length\":{\"type\":\"INTEGER\",\"value\":3}}}";
    JsonObject refusal = json(change(POLICY, tooShort), 400);
    JsonObject fault = refusal.getAsJsonArray("errors").get(0).getAsJsonObject();
    assertEquals(POLICY, fault.get("pid").getAsString());
    assertEquals("minimum.length", fault.get("attribute").getAsString());
    assertEquals("Integer 3", fault.get("given").getAsString());
    assertTrue(fault.get("allowed").getAsString().contains("8"), fault::toString);

    String lenient = "\"penstock.compat.lenient\":{\"type\":\"BOOLEAN\",\"value\":true},\"minimum";
    assertEquals(204, change(POLICY, tooShort.replace("\"minimum", lenient)).statusCode());
    assertEquals("3", value(POLICY, "minimum.length"));
    String back = "{\"properties\":{\"penstock.compat.lenient\":null,\"minimum.length\":null}}";
    assertEquals(204, change(POLICY, back).statusCode());
    assertEquals(400, change(POLICY, tooShort).statusCode());

    String kuras = "{\"configs\":[{\"pid\":\"" + POLICY + "\"," + tooShort.substring(1) + "]}";
    String update = "/services/configuration/v2/configurableComponents/configurations/_update";
    HttpResponse<String> strict = gateway.send("PUT", update, kuras);
    assertEquals(500, strict.statusCode(), strict::body);
    for (String word : List.of(POLICY, "minimum.length", "Integer 3", "8")) {
      assertTrue(strict.body().contains(word), strict::body);
    }

    gateway.stop();
    gateway.java("-Dpenstock.compat.lenient=true").start();
    assertEquals(204, change(POLICY, tooShort).statusCode());
    assertEquals(204, change(POLICY, back).statusCode());
    assertEquals(200, gateway.send("PUT", update, kuras).statusCode(), "as Kura takes it");
    assertEquals(204, change(POLICY, back).statusCode());
    gateway.stop();
    gateway.java().start();
  }

  /** An add-on that sets a value out of range through Kura's API as it starts, and notes the answer. */
  private static BundleJar strayed() {
    return new BundleJar("acme.strays", "1.0.0")
        .imports("org.eclipse.kura")
        .imports("org.eclipse.kura.configuration")
        .activator(
            """
            new Thread(() -> {
              String answer = "taken";
              try {
                ServiceReference<?> one = null;
                while (one == null) {
                  Thread.sleep(50);
                  one = c.getServiceReference("org.eclipse.kura.configuration.ConfigurationService");
                }
                ((org.eclipse.kura.configuration.ConfigurationService) c.getService(one))
                  .updateConfiguration("POLICY", java.util.Map.of("minimum.length", 3), false);
              } catch (org.eclipse.kura.KuraPartialSuccessException e) {
                answer = ((org.eclipse.kura.KuraException) e.getCauses().get(0)).getCode() + " "
                  + e.getCauses().get(0).getMessage();
              } catch (Exception e) {
                answer = e.toString();
              }
              try {
                java.nio.file.Files.writeString(java.nio.file.Path.of("FILE"), answer);
              } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
              }
            }).start();
            """
                .replace("POLICY", POLICY)
                .replace("FILE", folder.resolve("answer").toString()));
  }

  private static String strayedAnswer() throws IOException {
    Path answer = folder.resolve("answer");
    Await.until(
        LIMIT,
        () -> "no answer to the add-on",
        () -> {
          try {
            return Files.exists(answer) && Files.size(answer) > 0;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    String text = Files.readString(answer);
    Files.delete(answer);
    return text;
  }

  /** Kura's API is lenient to add-ons, as Kura is, unless the framework's property says no. */
  @Test
  @Order(8)
  void kurasApiIsStrictToAddOnsWhereTheFrameworkSaysSo() throws IOException {
    strayed().to(Files.createDirectories(gateway.home().resolve("deploy")).resolve("strays.jar"));
    assertEquals("taken", strayedAnswer());
    awaitValue(POLICY, "minimum.length", "3");
    String back = "{\"properties\":{\"minimum.length\":null}}";
    assertEquals(204, change(POLICY, back).statusCode());
    gateway.stop();
    gateway.java("-Dpenstock.compat.lenient=false").start();
    String refused = strayedAnswer();
    for (String word :
        List.of("CONFIGURATION_ATTRIBUTE_INVALID", POLICY, "minimum.length", "Integer 3", "8")) {
      assertTrue(refused.contains(word), refused);
    }
    assertNotEquals("3", value(POLICY, "minimum.length"));
    gateway.stop();
    gateway.java().start();
    assertEquals("taken", strayedAnswer(), "the property's doing, and nobody else's");
  }

  @Test
  @Order(4)
  void snapshotsHaveNamesDifferencesAndGoBackInPart() {
    change("log1", note("one"));
    long then = snapshot("before").get("id").getAsLong();
    change("log1", note("two"));
    change("site", note("stays"));
    JsonArray differences =
        json(gateway.get("/api/v1/snapshots/diff?from=" + then), 200).getAsJsonArray("differences");
    assertEquals(2, differences.size(), differences::toString);
    JsonObject first = differences.get(0).getAsJsonObject();
    assertEquals(
        "log1 note one two",
        first.get("pid").getAsString()
            + " note "
            + first.get("before").getAsString()
            + " "
            + first.get("after").getAsString());
    json(
        gateway.send("POST", "/api/v1/snapshots/" + then + "/_restore", "{\"pids\":[\"log1\"]}"),
        200);
    awaitValue("log1", "note", "one");
    assertEquals("stays", value("site", "note"));
    JsonObject named =
        json(
            gateway.send("PATCH", "/api/v1/snapshots/" + then, "{\"name\":\"the good one\"}"), 200);
    assertEquals("the good one", named.get("name").getAsString());
    assertEquals("admin", named.get("author").getAsString());
    assertEquals(
        404, gateway.send("PATCH", "/api/v1/snapshots/7", "{\"name\":\"x\"}").statusCode());
  }

  private static JsonObject timed(int seconds, String text) {
    String body = "{\"seconds\":" + seconds + ",\"configs\":[{\"pid\":\"log1\",";
    HttpResponse<String> made =
        gateway.send("POST", "/api/v1/timed-change", body + note(text).substring(1) + "]}");
    JsonObject pending = json(made, 201);
    awaitValue("log1", "note", text);
    return pending;
  }

  @Test
  @Order(5)
  void aTimedChangeRevertsUnlessItIsConfirmedAndAtARestart() {
    change("log1", note("good"));
    awaitValue("log1", "note", "good");
    timed(3, "wrong");
    awaitValue("log1", "note", "good");
    assertFalse(json(gateway.get("/api/v1/timed-change"), 200).has("pending"));

    String token = timed(3600, "better").get("token").getAsString();
    HttpResponse<String> second =
        gateway.send(
            "POST",
            "/api/v1/timed-change",
            "{\"seconds\":9,\"configs\":[{\"pid\":\"log1\"," + note("x").substring(1) + "]}");
    assertEquals(409, second.statusCode(), second::body);
    String path = "/api/v1/timed-change/" + token;
    assertEquals(204, gateway.send("POST", path + "/_confirm", "").statusCode());
    assertEquals(404, gateway.send(gateway.authorised(path).DELETE()).statusCode());
    assertEquals("better", value("log1", "note"));

    timed(3600, "locks everybody out");
    gateway.kill();
    gateway.start();
    // the variable holds at each start: what counts is that the unconfirmed value is gone
    awaitValue("log1", "note", "by variable");
    assertFalse(json(gateway.get("/api/v1/timed-change"), 200).has("pending"));
  }

  @Test
  @Order(6)
  void theDeviceKeyIsChangedAndTheGatewayStartsWithTheNewOne() throws IOException {
    Path key = gateway.home().resolve("keys/device.key");
    byte[] before = Files.readAllBytes(key);
    assertEquals(400, gateway.send("POST", "/api/v1/keys/_rotate", "{}").statusCode());
    assertTrue(Arrays.equals(before, Files.readAllBytes(key)));
    HttpResponse<String> done = gateway.send("POST", "/api/v1/keys/_rotate", "{\"confirm\":true}");
    assertEquals(204, done.statusCode(), done::body);
    assertFalse(Arrays.equals(before, Files.readAllBytes(key)));
    change("site", note("after the rotation"));
    gateway.stop();
    gateway.start();
    assertEquals("after the rotation", value("site", "note"));
  }

  @Test
  @Order(7)
  void anImportedKeyIsServedAfterItsRequestWasAnswered() throws Exception {
    assertFalse(served().contains("plantgateway"));
    Path store = new Keytool(Files.createDirectory(folder.resolve("ca"))).issue("plantgateway");
    String file = Base64.getEncoder().encodeToString(Files.readAllBytes(store));
    String body = "{\"alias\":\"https\",\"file\":\"" + file + "\",\"password\":\"%s\"}";
    String path = "/api/v1/keys/HttpsKeystore/_import";
    HttpResponse<String> wrong = gateway.send("POST", path, String.format(body, "wrong"));
    assertEquals(400, wrong.statusCode(), wrong::body);
    JsonObject done = json(gateway.send("POST", path, String.format(body, Keytool.PASSWORD)), 200);
    assertEquals("https", done.getAsJsonArray("aliases").get(0).getAsString());
    Await.until(LIMIT, () -> "still served: " + served(), () -> served().equals("CN=plantgateway"));
  }

  /** The subject that is served; in words when nobody listens for a moment. */
  private static String served() {
    try (SSLSocket socket =
        (SSLSocket) gateway.tls().getSocketFactory().createSocket("127.0.0.1", gateway.port())) {
      socket.setSoTimeout(10_000);
      socket.startHandshake();
      X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return own.getSubjectX500Principal().getName();
    } catch (IOException e) {
      return "nobody: " + e;
    }
  }
}

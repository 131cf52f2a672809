package org.penstock.acceptance.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;

/**
 * The applications of remote management whose resources are REST's, and commands, through mosquitto;
 * what they did is looked up over REST. Without it each could be right over HTTP, and nobody who
 * manages the box over its cloud reach it, or reach more than he may.
 */
@Tag("beside")
class RemoteApplicationsTest {

  static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String RAW =
      "\"cloudConnectionFactoryPid\":\"org.penstock.cloud.connection.RawConnectionFactory\","
          + "\"cloudEndpointPid\":"
          + "\"org.eclipse.kura.cloudconnection.raw.mqtt.cloud.RawMqttCloudEndpoint-r\"";
  private static final String PUBLISHER =
      "\"pid\":\"pub-r\",\"factoryPid\":"
          + "\"org.eclipse.kura.cloudconnection.raw.mqtt.publisher.RawMqttPublisher\"";

  @TempDir static Path folder;
  private static RemoteBox box;

  @BeforeAll
  static void start() throws IOException {
    box = new RemoteBox(folder);
  }

  @AfterAll
  static void stop() {
    box.close();
  }

  @Test
  void keysAreMadeListedRequestedTrustedAndRemoved() {
    for (String version : List.of("KEYS-V1", "KEYS-V2")) {
      String place = "\"keystoreServicePid\":\"keys\",\"alias\":\"gw\"";
      String pair =
          ",\"algorithm\":\"EC\",\"size\":256,\"signatureAlgorithm\":\"SHA256withECDSA\","
              + "\"attributes\":\"CN=gw1\"}";
      box.done(version + "/EXEC/entries/keypair", "{" + place + pair);
      JsonObject made =
          box.rest("keystores/v2/entries/entry?keystoreServicePid=keys&alias=gw").getAsJsonObject();
      assertEquals("PRIVATE_KEY", made.get("type").getAsString());
      assertTrue(box.done(version + "/GET", "").contains("\"id\":\"keys\""));
      String one = "/GET/entries/entry?keystoreServicePid=keys&alias=gw";
      assertEquals(made, box.asked(version + one));
      box.refused(404, version + one.replace("=gw", "=none"), "", "none");
      String csr = box.done(version + "/EXEC/entries/csr", "{" + place + pair);
      assertTrue(csr.contains("BEGIN CERTIFICATE REQUEST"), csr);
      JsonObject trusted = new JsonObject();
      trusted.addProperty("keystoreServicePid", "keys");
      trusted.addProperty("alias", "ca");
      trusted.add("certificate", made.getAsJsonArray("certificateChain").get(0));
      box.done(version + "/EXEC/entries/certificate", trusted.toString());
      assertEquals(
          2, box.rest("keystores/v2/entries?keystoreServicePid=keys").getAsJsonArray().size());
      for (String alias : List.of("gw", "ca")) {
        box.done(version + "/DEL/entries", "{" + place.replace("gw", alias) + "}");
      }
      assertEquals(
          new JsonArray(), box.rest("keystores/v2/entries?keystoreServicePid=keys"), "all gone");
      box.refused(404, version + "/DEL/entries", "{" + place + "}", "no entry gw");
      box.refused(400, version + "/EXEC/entries/keypair", "{" + place + "}", "give ");
    }
  }

  /** Also: what is delivered twice is done once; the second would be a conflict. */
  @Test
  void identitiesAreMadeChangedUsedAndRemoved() {
    box.client.send("IDN-V2/POST/identities", "dora-1", Map.of(), "{\"name\":\"dora\"}");
    box.client.send("IDN-V2/POST/identities", "dora-1", Map.of(), "{\"name\":\"dora\"}");
    assertEquals(200, box.client.answer("IDN-V2", "dora-1", 1).code());
    assertEquals(200, box.client.answer("IDN-V2", "dora-1", 2).code());
    box.refused(409, "IDN-V2/POST/identities", "{\"name\":\"dora\"}", "dora");
    String dora =
        "{\"identity\":{\"name\":\"dora\"},"
            + "\"permissionConfiguration\":{\"permissions\":[{\"name\":\"rest.assets\"}]},"
            + "\"passwordConfiguration\":{\"passwordChangeNeeded\":false,"
            + "\"passwordAuthEnabled\":true,\"password\":\"%s\"}}";
    box.refused(400, "IDN-V2/PUT/identities", dora.formatted("short"), "8");
    box.done("IDN-V2/PUT/identities", dora.formatted("long enough"));
    assertEquals(200, box.as("dora", "long enough"), "the new password opens REST");
    assertTrue(box.done("IDN-V2/GET/identities", "").contains("dora"));
    String old = box.done("IDN-V1/EXEC/identities/byName", "{\"userName\":\"dora\"}");
    assertTrue(old.contains("\"permissions\":[\"rest.assets\"]"), old);
    box.done("IDN-V1/DEL/identities", "{\"userName\":\"dora\"}");
    assertEquals(401, box.as("dora", "long enough"), "gone");
    box.done("IDN-V1/POST/identities", "{\"userName\":\"carl\"}");
    assertTrue(box.rest("identity/v2/identities").toString().contains("carl"));
    box.done("IDN-V2/DEL/identities", "{\"name\":\"carl\"}");
    assertFalse(box.rest("identity/v2/identities").toString().contains("carl"));
  }

  /** A policy is text, no JSON: it was refused as 415 over MQTT. */
  @Test
  void securityPoliciesAreAppliedAndDebuggingIsTold() {
    assertEquals("{\"enabled\":false}", box.done("SEC-V1/GET/debug-enabled", ""));
    box.done("SEC-V2/EXEC/security-policy/apply", "grant debug { all };");
    assertEquals("{\"enabled\":true}", box.rest("security/v2/debug-enabled").toString());
    assertEquals("{\"enabled\":true}", box.done("SEC-V2/GET/debug-enabled", ""));
    box.done("SEC-V1/EXEC/security-policy-fingerprint/reload", "");
    assertEquals("{\"enabled\":false}", box.rest("security/v1/debug-enabled").toString());
  }

  @Test
  void systemAndPositionAndServicesAreRead() {
    JsonObject facts = box.asked("SYS-V1/GET/properties/framework").getAsJsonObject();
    assertEquals(
        box.rest("system/v1/properties/framework").getAsJsonObject().keySet(), facts.keySet());
    assertEquals(System.getProperty("os.name"), facts.get("osName").getAsString());
    String names = "{\"names\":[\"osName\"]}";
    assertEquals(
        "{\"osName\":\"" + System.getProperty("os.name") + "\"}",
        box.done("SYS-V1/EXEC/properties/framework/filter", names));
    JsonObject place = box.asked("POS-V1/GET/position").getAsJsonObject();
    assertEquals(48.25, place.get("latitude").getAsDouble(), 1e-9);
    assertEquals(11.5, place.get("longitude").getAsDouble(), 1e-9);
    assertEquals("{\"islocked\":true}", box.done("POS-V1/GET/isLocked", ""));
    String drivers =
        box.done(
            "SVCLIST-V1/EXEC/servicePids/byInterface",
            "{\"interfaceNames\":[\"org.eclipse.kura.driver.Driver\"]}");
    assertEquals("{\"pids\":[\"toy\"]}", drivers);
  }

  @Test
  void wireGraphsAreWrittenReadAndTakenAway() {
    String part = "{\"pid\":\"%s\",\"inputPortCount\":%d,\"outputPortCount\":%d}";
    JsonObject graph =
        JsonParser.parseString(
                "{\"components\":["
                    + part.formatted("tick", 0, 1)
                    + ","
                    + part.formatted("note", 1, 0)
                    + "],\"wires\":[{\"emitter\":\"tick\",\"emitterPort\":0,"
                    + "\"receiver\":\"note\",\"receiverPort\":0}]}")
            .getAsJsonObject();
    JsonObject text = new JsonObject();
    text.addProperty("type", "STRING");
    text.addProperty("value", graph.toString());
    String factory =
        "{\"pid\":\"%s\",\"properties\":{\"service.factoryPid\":"
            + "{\"type\":\"STRING\",\"value\":\"org.eclipse.kura.wire.%s\"}}}";
    String snapshot =
        "{\"configs\":[{\"pid\":\"org.eclipse.kura.wire.graph.WireGraphService\","
            + "\"properties\":{\"WireGraph\":"
            + text
            + "}},"
            + factory.formatted("tick", "Timer")
            + ","
            + factory.formatted("note", "Logger")
            + "]}";
    box.done("WIRE-V1/PUT/graph/snapshot", snapshot);
    String wires = box.rest("wire/v1/graph/topology").getAsJsonObject().get("wires").toString();
    assertTrue(wires.contains("\"tick\"") && wires.contains("\"note\""), wires);
    assertEquals(box.rest("wire/v1/graph/topology"), box.asked("WIRE-V1/GET/graph/topology"));
    String tick = box.done("WIRE-V1/EXEC/configs/byPid", "{\"pids\":[\"tick\"]}");
    assertTrue(tick.contains("simple.interval"), tick);
    box.done("WIRE-V1/DEL/graph", "");
    assertEquals(
        "[]", box.rest("wire/v1/graph/topology").getAsJsonObject().get("wires").toString());
    box.refused(400, "WIRE-V1/PUT/graph/snapshot", "{nonsense");
  }

  @Test
  void cloudConnectionsAreMadeConfiguredAndRemoved() {
    box.done("CLD-V1/EXEC/cloudEndpoint", "{" + RAW + "}");
    box.done("CLD-V1/EXEC/pubSub", "{" + PUBLISHER + RAW.substring(RAW.indexOf(",\"cloudE")) + "}");
    Await.until(
        LIMIT,
        () -> box.done("CLD-V1/GET/instances", ""),
        () -> box.done("CLD-V1/GET/instances", "").contains("\"pub-r\""));
    assertEquals(box.rest("cloudconnection/v1/instances"), box.asked("CLD-V1/GET/instances"));
    box.done(
        "CLD-V1/PUT/configurations",
        "{\"configs\":[{\"pid\":\"pub-r\",\"properties\":"
            + "{\"topic\":{\"type\":\"STRING\",\"value\":\"over/mqtt\"}}}]}");
    HttpResponse<String> topic =
        box.gateway.send(
            "POST", "/services/cloudconnection/v1/configurations", "{\"pids\":[\"pub-r\"]}");
    assertTrue(topic.body().contains("over/mqtt"), topic::body);
    box.done("CLD-V1/DEL/pubSub", "{" + PUBLISHER + "}");
    box.done("CLD-V1/DEL/cloudEndpoint", "{" + RAW + "}");
    assertFalse(box.rest("cloudconnection/v1/instances").toString().contains("Endpoint-r\""));
    box.refused(400, "CLD-V1/EXEC/cloudEndpoint", "{" + RAW.replace("Endpoint-r", "x") + "}", "x");
  }

  private static String state(String bundle) {
    for (JsonElement one :
        box.rest("inventory/v1/bundles").getAsJsonObject().getAsJsonArray("bundles")) {
      if (one.getAsJsonObject().get("name").getAsString().equals(bundle)) {
        return one.getAsJsonObject().get("state").getAsString();
      }
    }
    return "absent";
  }

  @Test
  void bundlesAreStoppedAndStartedAndConfigurationsChanged() {
    String database = "{\"name\":\"org.penstock.core.database\"}";
    box.done("INVENTORY-V1/EXEC/bundles/_stop", database);
    assertEquals("RESOLVED", state("org.penstock.core.database"));
    box.done("INVENTORY-V1/EXEC/bundles/_start", database);
    assertEquals("ACTIVE", state("org.penstock.core.database"));
    box.done(
        "CONF-V2/PUT/configurableComponents/configurations/_update",
        "{\"configs\":[{\"pid\":\"toy\",\"properties\":"
            + "{\"timeout.ms\":{\"type\":\"INTEGER\",\"value\":778}}}]}");
    String toy = "/api/v1/configurations/toy"; // not there for a moment: it begins anew
    Await.until(
        LIMIT,
        () -> "not changed: " + box.gateway.get(toy).body(),
        () -> box.gateway.get(toy).body().contains("778"));
  }

  /** Whoever may ask one application gets no further by it. */
  @Test
  void anApplicationHasNoOtherPermissionThanItsOwnAndOneThatIsNotServedIsRefused() {
    assertEquals("gold", box.gateway.get("/services/position/v1/vault").body());
    box.refused(403, "POS-V1/GET/vault", "", "console-7", "lacks the permission acme.vault");
    for (String way : List.of("../../identity/v2/identities", "..%2Fv1%2Fvault", "x/../vault")) {
      RemoteClient.Message out = box.client.ask("POS-V1/GET/" + way);
      assertTrue(out.code() >= 400, () -> "left its resource: " + out);
    }
    box.refused(404, "NET-STATUS-V1/GET/status", "", "NET-STATUS-V1");
    box.refused(501, "TAMPER-V1/GET/list", "", "message");
  }

  private static String broker(String url) {
    String pid = "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";
    return "{\"configs\":[{\"pid\":\""
        + pid
        + "\",\"properties\":{\"broker-url\":{\"type\":\"STRING\",\"value\":\""
        + url
        + "\"}}}]}";
  }

  /** CONF-V2, CLD-V1 and rollbacks change configurations without the words of CONF-V1. */
  @Test
  @EnabledIfSystemProperty(named = "penstock.all", matches = "true")
  void aChangeByAnyApplicationThatCutsTheConnectionIsUndone() {
    String cuts = broker("mqtt://127.0.0.1:1");
    for (String path :
        List.of(
            "CONF-V2/PUT/configurableComponents/configurations/_update",
            "CLD-V1/PUT/configurations")) {
      box.client.send(path, "cuts-" + path, Map.of(), cuts);
      awaitUndone();
    }
    // what a rollback goes back to has another broker
    String id = snapshots().get(snapshots().size() - 1).getAsString();
    String update = "/services/configuration/v2/configurableComponents/configurations/_update";
    assertEquals(200, box.gateway.send("PUT", update, cuts).statusCode());
    String cut = snapshots().get(snapshots().size() - 1).getAsString();
    assertNotEquals(id, cut);
    assertEquals(
        200,
        box.gateway
            .send("PUT", update, broker("mqtt://127.0.0.1:" + box.broker.port()))
            .statusCode());
    box.awaitAnswers();
    box.client.send("CONF-V1/EXEC/rollback/" + cut, "cuts-rollback", Map.of(), "");
    awaitUndone();
  }

  private static JsonArray snapshots() {
    return box.rest("configuration/v2/snapshots").getAsJsonObject().getAsJsonArray("ids");
  }

  private static boolean isCut() {
    String pids = "{\"pids\":[\"org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport\"]}";
    String path = "/services/configuration/v2/configurableComponents/configurations/byPid";
    return box.gateway.send("POST", path, pids).body().contains("mqtt://127.0.0.1:1\"");
  }

  private static void awaitUndone() {
    Await.until(LIMIT, () -> "it was not cut at all", RemoteApplicationsTest::isCut);
    Await.until(LIMIT, () -> "it was not undone", () -> !isCut());
    box.awaitAnswers();
  }

  private static void configure(String pid, String properties) {
    String path = "/api/v1/configurations/" + pid;
    String body = "{\"properties\":" + properties + "}";
    AtomicReference<HttpResponse<String>> answer = new AtomicReference<>();
    Await.until( // it comes and goes while a change before takes hold
        LIMIT,
        () -> "no component " + pid,
        () -> {
          answer.set(box.gateway.send("PATCH", path, body));
          return answer.get().statusCode() != 404;
        });
    assertEquals(204, answer.get().statusCode(), () -> answer.get().body());
  }

  @Test
  void applicationsAndRequestersCanBeLimited() {
    String limited =
        "{\"applications\":{\"type\":\"STRING\",\"value\":[\"INVENTORY-V1\",\"POS-V1\"]},"
            + "\"requesters\":{\"type\":\"STRING\",\"value\":%s}}";
    String pid = "org.penstock.cloud.remote";
    configure(pid, limited.formatted("[]"));
    Await.until(
        LIMIT,
        () -> "IDN-V2 is served on",
        () -> box.client.ask("IDN-V2/GET/identities").code() == 404);
    box.awaitAnswers();
    assertEquals("{\"islocked\":true}", box.done("POS-V1/GET/isLocked", ""));
    configure(pid, limited.formatted("[\"somebody-else\"]"));
    Await.until(
        LIMIT,
        () -> "console-7 is served on",
        () ->
            box.client.ask("POS-V1/GET/isLocked").toString().contains("not among the requesters"));
    box.refused(500, "POS-V1/GET/isLocked", "", "console-7");
    configure(pid, "{\"applications\":null,\"requesters\":null}");
    box.awaitAnswers();
  }

  private static RemoteClient.Message command(String program, Object... pairs) {
    Map<String, Object> metrics = new java.util.HashMap<>();
    metrics.put("command.command", program);
    metrics.put("command.password", "sesame");
    for (int i = 0; i < pairs.length; i += 2) {
      metrics.put((String) pairs[i], pairs[i + 1]);
    }
    return box.client.ask("CMD-V1/EXEC/command", metrics, "");
  }

  private static void refusedCommand(RemoteClient.Message answer, int code, String words) {
    assertEquals(code, answer.code(), answer::toString);
    String why = String.valueOf(answer.metrics().get("response.exception.message"));
    assertTrue(why.contains(words), answer::toString);
  }

  /** Off at first. Then only what is allowed, without a shell, for no longer than it may. */
  @Test
  void commandsRunOnceTheyAreSwitchedOnAndAllowed() {
    refusedCommand(command("/bin/echo", "command.argument0", "a"), 500, "switched off");
    configure(
        "org.eclipse.kura.cloud.app.command.CommandCloudApp",
        "{\"command.enable\":{\"type\":\"BOOLEAN\",\"value\":true},"
            + "\"command.password.value\":{\"type\":\"PASSWORD\",\"value\":\"sesame\"},"
            + "\"command.timeout\":{\"type\":\"INTEGER\",\"value\":3},"
            + "\"command.environment\":{\"type\":\"STRING\",\"value\":\"SITE=north\"},"
            + "\"command.allowed\":{\"type\":\"STRING\",\"value\":"
            + "[\"/bin/echo\",\"/bin/sleep\",\"/bin/ls\",\"/usr/bin/env\"]}}");
    Await.until(
        LIMIT, () -> "still off", () -> command("/bin/echo").toString().contains("exit.code"));
    RemoteClient.Message echo =
        command("/bin/echo", "command.argument0", "$HOME; `id` > x", "command.argument1", "b");
    assertEquals(200, echo.code(), echo::toString);
    assertEquals("$HOME; `id` > x b\n", echo.metrics().get("command.stdout"), "no shell");
    assertEquals(0, echo.metrics().get("command.exit.code"));
    assertEquals(false, echo.metrics().get("command.timedout"));
    assertEquals("SITE=north", line(command("/usr/bin/env"), "SITE="));
    RemoteClient.Message south = command("/usr/bin/env", "command.environment.pair0", "SITE=s");
    assertEquals("SITE=s", line(south, "SITE="));
    refusedCommand(
        command("/usr/bin/env", "command.environment.pair0", "LD_PRELOAD=/x"), 400, "LD_PRELOAD");

    RemoteClient.Message failed = command("/bin/ls", "command.argument0", "/no/such");
    assertEquals(500, failed.code(), failed::toString);
    assertEquals(2, failed.metrics().get("command.exit.code"));
    assertTrue(failed.metrics().get("command.stderr").toString().contains("/no/such"));
    refusedCommand(failed, 500, "/no/such");

    long begin = System.nanoTime();
    RemoteClient.Message late = command("/bin/sleep", "command.argument0", "600");
    assertEquals(500, late.code(), late::toString);
    assertEquals(true, late.metrics().get("command.timedout"));
    assertTrue(Duration.ofNanos(System.nanoTime() - begin).compareTo(LIMIT) < 0);

    refusedCommand(command("/bin/sh", "command.argument0", "-c"), 400, "not among the allowed");
    refusedCommand(command("/bin/../bin/cat"), 400, "/bin/cat is not among the allowed");
    refusedCommand(command("echo"), 400, "not among the allowed");
    refusedCommand(command("/bin/echo", "command.password", "open"), 400, "password");
    assertEquals(200, command("/bin/echo", "command.run.async", true).code());
    refusedCommand(box.client.ask("CMD-V1/EXEC/other"), 404, "only command");
  }

  private static String line(RemoteClient.Message answer, String begin) {
    return String.valueOf(answer.metrics().get("command.stdout"))
        .lines()
        .filter(l -> l.startsWith(begin))
        .findFirst()
        .orElse("");
  }
}

package org.penstock.acceptance.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.Device;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/**
 * Health, log, jobs of drivers and what add-ons tell, from where it happens to whoever watches.
 * Without it the console's live pages could stand still on the product.
 */
class EventStreamTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** An add-on's resource: it rings an alarm, and has a method that nobody gave a permission. */
  private static final String BELL =
      """
      package com.acme.bell;
      import jakarta.annotation.security.RolesAllowed;
      import jakarta.ws.rs.*;
      import java.util.*;
      import org.osgi.framework.*;
      import org.penstock.api.event.EventSink;
      @Path("api/acme/bell")
      public class Bell implements BundleActivator {
        static BundleContext context;
        public void start(BundleContext c) {
          context = c;
          c.registerService(Bell.class, this, new Hashtable<>(Map.of("penstock.rest", "true")));
        }
        public void stop(BundleContext c) {}
        @POST @Path("ring") @RolesAllowed("rest.assets")
        public void ring() {
          context.getService(context.getServiceReference(EventSink.class))
              .tell("alarms", "alarms.read", Map.of("alarm", "boiler hot"));
        }
        @GET @Path("open")
        public String open() { return "in"; }
      }
      """;

  @TempDir static Path folder;

  private static Device device;
  private static Gateway gateway;

  @BeforeAll
  static void start() throws java.io.IOException {
    device = new Device(Files.createDirectory(folder.resolve("device")));
    device.holding(1, 0, 11, 12, 13);
    Seed seed = new Seed().component("toy", "org.penstock.driver.template");
    seed.modbus("field", device.port());
    gateway = new Gateway(folder, seed.xml());
    new BundleJar("com.acme.bell", "1.0.0")
        .source("com.acme.bell.Bell", BELL)
        .imports("org.penstock.api.event")
        .imports("jakarta.ws.rs")
        .imports("jakarta.annotation.security")
        .imports("org.osgi.framework")
        .header("Bundle-Activator", "com.acme.bell.Bell")
        .to(Files.createDirectories(gateway.home().resolve("deploy")).resolve("bell.jar"));
    gateway.start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    device.close();
  }

  private static JsonObject json(HttpResponse<String> answer, int status) {
    assertEquals(status, answer.statusCode(), answer.body());
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private static String startJob(String arguments) {
    String wish = "{\"kind\":\"modbus.%s}";
    HttpResponse<String> begun = gateway.send("POST", "/api/v1/jobs", wish.formatted(arguments));
    String id = json(begun, 202).get("id").getAsString();
    assertEquals("/api/v1/jobs/" + id, begun.headers().firstValue("Location").orElse(""));
    return id;
  }

  private static JsonObject ended(String id) {
    Await.until(
        LIMIT,
        () -> gateway.get("/api/v1/jobs/" + id).body(),
        () -> json(gateway.get("/api/v1/jobs/" + id), 200).has("ended"));
    return json(gateway.get("/api/v1/jobs/" + id), 200);
  }

  private static void awaitData(Watcher watcher, String... parts) {
    Await.until(
        LIMIT,
        () -> "events: " + watcher.data(),
        () ->
            watcher.data().stream()
                .anyMatch(d -> java.util.Arrays.stream(parts).allMatch(d::contains)));
  }

  /** A scan of the bus, a try of a channel that is not there yet, and a cancelled one. */
  @Test
  void driversJobsRunAndAreWatched() {
    String lastId;
    try (Watcher watcher = new Watcher(gateway, "types=jobs", null)) {
      String scan =
          startJob(
              "scan\",\"arguments\":{\"driver\":\"field\",\"units\":\"1-2\",\"timeout.ms\":\"200\"}");
      awaitData(watcher, "\"id\":\"" + scan + "\"", "\"state\":\"SUCCEEDED\"", "\"unit\":1");
      assertEquals("SUCCEEDED", ended(scan).get("state").getAsString());
      lastId = watcher.lastId();
    }
    String read =
        startJob(
            "read\",\"arguments\":{\"driver\":\"field\",\"value.type\":\"INTEGER\",\"unit.id\":\"1\","
                + "\"primary.table\":\"HOLDING_REGISTERS\",\"memory.address\":\"1\","
                + "\"data.type\":\"UINT16\"}");
    JsonObject end = ended(read);
    assertEquals("SUCCEEDED", end.get("state").getAsString(), end.toString());
    assertTrue(end.toString().contains("12"), end.toString());
    try (Watcher again = new Watcher(gateway, "types=jobs", lastId)) {
      awaitData(again, "\"id\":\"" + read + "\"", "\"state\":\"SUCCEEDED\"");
      assertEquals(0, again.count("reset"), "what was missed is given, nothing is read anew");
      assertTrue(Watcher.number(again.firstId()) > Watcher.number(lastId));
      String endless =
          startJob("frames\",\"arguments\":{\"driver\":\"field\",\"seconds\":\"600\"}");
      gateway.send(gateway.authorised("/api/v1/jobs/" + endless).DELETE());
      awaitData(again, "\"id\":\"" + endless + "\"", "\"state\":\"CANCELLED\"");
    }
    HttpResponse<String> bad =
        gateway.send(
            "POST",
            "/api/v1/jobs",
            "{\"kind\":\"modbus.scan\",\"arguments\":{\"driver\":\"none\"}}");
    assertEquals(400, bad.statusCode(), bad.body());
  }

  @Test
  void changesOfHealthAreTold() {
    String components = "/services/configuration/v2/factoryComponents";
    String lastId;
    try (Watcher watcher = new Watcher(gateway, "types=health", null)) {
      Await.until(LIMIT, () -> "no stream", () -> streams() > 0);
      awaitData(watcher, "\"name\":\"core/jvm\"", "\"overall\":"); // all of them first
      assertEquals(
          200,
          gateway
              .send(
                  "POST",
                  components,
                  "{\"configs\":[{\"pid\":\"lost\",\"factoryPid\":\"org.eclipse.kura.wire.WireAsset\","
                      + "\"properties\":{\"driver.pid\":{\"type\":\"STRING\",\"value\":\"none\"},"
                      + "\"poll.interval.ms\":{\"type\":\"LONG\",\"value\":500}}}]}")
              .statusCode());
      awaitData(watcher, "\"name\":\"field/asset/lost\"", "\"level\":");
      lastId = watcher.lastId();
    }
    try (Watcher again = new Watcher(gateway, "types=health", lastId)) {
      HttpResponse<String> removed =
          gateway.send(
              gateway
                  .authorised(components + "/byPid")
                  .header("Content-Type", "application/json")
                  .method("DELETE", HttpRequest.BodyPublishers.ofString("{\"pids\":[\"lost\"]}")));
      assertEquals(200, removed.statusCode(), removed.body());
      Await.until(
          LIMIT,
          () -> "events: " + again.data(),
          () ->
              again.data().stream()
                  .anyMatch(
                      d ->
                          d.contains("\"name\":\"field/asset/lost\"")
                              && !d.contains("\"level\":")));
      assertEquals(0, again.count("reset"));
    }
  }

  private static double streams() {
    return gateway.figure("console/streams", "streams");
  }

  @Test
  void logLinesAreTold() {
    String lastId;
    try (Watcher watcher = new Watcher(gateway, "types=logs", null)) {
      Await.until(LIMIT, () -> "no stream", () -> streams() > 0);
      gateway.send("DELETE", "/api/v1/tokens/first-of-all", "");
      awaitData(watcher, "AuditLogger", "first-of-all");
      lastId = watcher.lastId();
    }
    try (Watcher second = new Watcher(gateway, "types=logs", null)) {
      Await.until(LIMIT, () -> "no stream", () -> streams() > 0);
      gateway.send("DELETE", "/api/v1/tokens/while-away", "");
      awaitData(second, "while-away");
    }
    try (Watcher again = new Watcher(gateway, "types=logs", lastId)) {
      awaitData(again, "AuditLogger", "while-away");
      assertEquals(0, again.count("reset"));
    }
  }

  /** The road that alarms take; and an add-on's method without a permission stays shut. */
  @Test
  void addOnsTellEventsAndTheirResourcesAreGuarded() {
    Await.until(
        LIMIT,
        () -> "the add-on's resource is not there",
        () -> gateway.get("/api/v1/openapi.json").body().contains("/api/acme/bell/ring"));
    String lastId;
    try (Watcher watcher = new Watcher(gateway, "types=alarms", null)) {
      Await.until(LIMIT, () -> "no stream", () -> streams() > 0);
      assertEquals(204, gateway.send("POST", "/api/acme/bell/ring", "").statusCode());
      awaitData(watcher, "boiler hot");
      lastId = watcher.lastId();
    }
    assertEquals(204, gateway.send("POST", "/api/acme/bell/ring", "").statusCode());
    try (Watcher again = new Watcher(gateway, "types=alarms", lastId)) {
      awaitData(again, "boiler hot");
      assertEquals(0, again.count("reset"));
    }
    HttpResponse<String> open = gateway.get("/api/acme/bell/open");
    assertEquals(403, open.statusCode(), "admin, where no permission is declared");
    assertTrue(open.body().contains("declares no permission"), open.body());
    String bearer = token("assets.read");
    assertEquals(403, as(bearer, "/api/acme/bell/ring").statusCode());
    try (Watcher blind = new Watcher(gateway, bearer, "types=alarms,values", lastId)) {
      assertEquals(204, gateway.send("POST", "/api/acme/bell/ring", "").statusCode());
      Await.until(LIMIT, () -> "no stream", () -> streams() > 0);
      assertEquals(0, blind.count("alarms"), "who may not read alarms sees none");
    }
  }

  private static String token(String permission) {
    String made =
        gateway
            .send(
                "POST",
                "/api/v1/tokens",
                "{\"name\":\"t\",\"permissions\":[\"" + permission + "\"],\"days\":1}")
            .body();
    return "Bearer " + JsonParser.parseString(made).getAsJsonObject().get("secret").getAsString();
  }

  private static HttpResponse<String> as(String bearer, String path) {
    return gateway.send(
        gateway
            .request(path)
            .header("Authorization", bearer)
            .POST(HttpRequest.BodyPublishers.noBody()));
  }
}

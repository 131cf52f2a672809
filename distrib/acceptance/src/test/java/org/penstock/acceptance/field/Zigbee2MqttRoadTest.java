package org.penstock.acceptance.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Inbox;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.Seed;

/**
 * Devices of a Zigbee2MQTT on the product, through a real mosquitto. The bridge's messages are
 * published by mosquitto_pub as Zigbee2MQTT documents them. If deleted: the driver could work with
 * its own fake only.
 */
@Tag("beside")
class Zigbee2MqttRoadTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path DEVICES =
      Path.of(
          System.getProperty("penstock.top"),
          "bundles/org.penstock.driver.zigbee2mqtt/src/test/resources/devices.json");

  @TempDir static Path folder;
  private static Mosquitto broker;
  private static Gateway gateway;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    broker = new Mosquitto(Files.createDirectories(folder.resolve("broker")));
    publish("bridge/state", "{\"state\":\"online\"}", true);
    publish("bridge/devices", Files.readString(DEVICES), true);
    Seed seed =
        new Seed()
            .component(
                "zigbee",
                "org.penstock.driver.zigbee2mqtt",
                "broker.url",
                "mqtt://127.0.0.1:" + broker.port(),
                "timeout.ms",
                20_000)
            .asset("hall", "zigbee")
            .channel(
                "hall", "cold", "DOUBLE", "device", "0x00158d0001dc126a", "property", "temperature")
            .channel("hall", "lamp", "BOOLEAN", "device", "lamp", "property", "state");
    gateway = new Gateway(Files.createDirectories(folder.resolve("gateway")), seed.xml()).start();
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  private static void publish(String topic, String payload, boolean retain)
      throws IOException, InterruptedException {
    ProcessBuilder pub =
        new ProcessBuilder(
            "mosquitto_pub",
            "-p",
            Integer.toString(broker.port()),
            "-q",
            "1",
            "-t",
            "zigbee2mqtt/" + topic,
            "-s");
    if (retain) {
      pub.command().add("-r");
    }
    Process process = pub.start();
    try (var in = process.getOutputStream()) {
      in.write(payload.getBytes(StandardCharsets.UTF_8));
    }
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "mosquitto_pub hangs");
    assertEquals(0, process.exitValue());
  }

  private static void tell(String topic, String payload) {
    try {
      publish(topic, payload, false);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String read(String channel) {
    return gateway
        .send("POST", "/services/assets/hall/_read", "{\"channels\":[\"" + channel + "\"]}")
        .body();
  }

  private static void awaitRead(String channel, Predicate<String> good) {
    Await.until(LIMIT, () -> read(channel), () -> good.test(read(channel)));
  }

  @Test
  void whatAProbeTellsIsReadAndTheBridgesEndIsSeen() {
    Await.until(
        LIMIT,
        () -> read("cold"),
        () -> {
          tell("cold store/probe", "{\"temperature\":-18.5,\"humidity\":40,\"battery\":97}");
          return read("cold").contains("-18.5");
        });
    tell("bridge/state", "{\"state\":\"offline\"}");
    awaitRead("cold", answer -> answer.contains("Zigbee2MQTT says that it is offline"));
    assertTrue(gateway.health().toString().contains("Zigbee2MQTT says that it is offline"));
    tell("bridge/state", "{\"state\":\"online\"}");
    awaitRead("cold", answer -> answer.contains("-18.5"));
  }

  @Test
  void aWriteOverRestReachesTheDeviceAndIsConfirmedByIt() throws Exception {
    awaitRead("cold", answer -> !answer.contains("offline"));
    try (Wire sets = new Wire()) {
      CompletableFuture<HttpResponse<String>> written =
          CompletableFuture.supplyAsync(
              () ->
                  gateway.send(
                      "POST",
                      "/services/assets/hall/_write",
                      "{\"channels\":[{\"name\":\"lamp\",\"type\":\"BOOLEAN\",\"value\":true}]}"));
      sets.inbox.await(1, LIMIT);
      assertEquals(
          "{\"state\":\"ON\"}",
          new String(sets.inbox.messages().get(0).payload(), StandardCharsets.UTF_8));
      tell("lamp", "{\"state\":\"ON\",\"brightness\":254}");
      HttpResponse<String> answer = written.get(60, TimeUnit.SECONDS);
      assertEquals(200, answer.statusCode());
      assertTrue(answer.body().contains("\"SUCCESS\""), answer.body());
    }
    awaitRead("lamp", answer -> answer.contains("true"));
  }

  /** What goes out to the lamp. */
  private static final class Wire implements AutoCloseable {
    final Inbox inbox = new Inbox(broker.port(), "zigbee2mqtt/lamp/set");

    @Override
    public void close() {
      inbox.close();
    }
  }
}

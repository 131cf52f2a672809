package org.penstock.acceptance.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.Seed;
import org.penstock.acceptance.product.ZigbeeStick;

/**
 * The real Zigbee2MQTT on the simulated stick, its devices on the product. If deleted: the driver could agree only with
 * messages that the same hand has written.
 */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true") // loads 90 MB from npm
class Zigbee2MqttRealTest {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String SENSOR = "00158d0001dc126a";
  private static final String LAMP = "00124b00010203b1";

  @TempDir static Path folder;
  private static ZigbeeStick stick;
  private static Mosquitto broker;
  private static Zigbee2Mqtt bridge;
  private static Gateway gateway;

  @BeforeAll
  static void start() throws IOException {
    stick = new ZigbeeStick("ezsp-13");
    broker = new Mosquitto(Files.createDirectories(folder.resolve("broker")));
    bridge =
        new Zigbee2Mqtt(
            Files.createDirectories(folder.resolve("bridge")), broker.port(), stick.port());
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
            .channel("hall", "cold", "DOUBLE", "device", "0x" + SENSOR, "property", "temperature")
            .channel("hall", "lamp", "BOOLEAN", "device", "0x" + LAMP, "property", "state")
            .channel("hall", "level", "DOUBLE", "device", "0x" + LAMP, "property", "brightness");
    gateway = new Gateway(Files.createDirectories(folder.resolve("gateway")), seed.xml()).start();
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
    if (bridge != null) {
      bridge.close();
    }
    broker.close();
    stick.close();
  }

  private static String read(String channel) {
    return gateway
        .send("POST", "/services/assets/hall/_read", "{\"channels\":[\"" + channel + "\"]}")
        .body();
  }

  private static void awaitRead(String channel, Predicate<String> good) {
    Await.until(LIMIT, () -> read(channel), () -> good.test(read(channel)));
  }

  private static void write(String channel, String type, String value) {
    String body =
        "{\"channels\":[{\"name\":\"%s\",\"type\":\"%s\",\"value\":%s}]}"
            .formatted(channel, type, value);
    String answer = gateway.send("POST", "/services/assets/hall/_write", body).body();
    assertTrue(answer.contains("\"SUCCESS\""), answer);
  }

  /** The sensor tells its temperature, again and again until it is there. */
  private static void awaitTemperature(int hundredths) {
    Await.until(
        LIMIT,
        () -> read("cold"),
        () -> {
          stick.say("set " + SENSOR + " 1 0x0402 0 " + hundredths);
          stick.say("report " + SENSOR + " 1 0x0402 0");
          return read("cold").contains(Double.toString(hundredths / 100.0));
        });
  }

  private static void join(String kind, String ieee) {
    stick.say("add " + kind + ' ' + ieee);
    stick.say("join " + ieee);
    bridge.awaitTold("bridge/event", "\"status\":\"successful\"", "0x" + ieee);
  }

  @Test
  void devicesAreFoundReadWrittenRenamedAndRemovedAndTheBrokersAndTheBridgesEndIsSeen() {
    bridge.request("permit_join", "{\"time\":254}");
    Await.until(
        LIMIT, () -> stick.say("network"), () -> stick.say("network").contains("permit=true"));
    join("temperature", SENSOR);
    join("bulb", LAMP);
    awaitTemperature(2345);

    // never told: asked for
    awaitRead("lamp", answer -> answer.contains("\"SUCCESS\"") && answer.contains("false"));
    write("lamp", "BOOLEAN", "true");
    assertEquals("1", stick.say("get " + LAMP + " 1 6 0"));
    write("level", "DOUBLE", "100");
    assertEquals("100", stick.say("get " + LAMP + " 1 8 0"));

    bridge.request("device/rename", "{\"from\":\"0x" + SENSOR + "\",\"to\":\"cold store/probe\"}");
    awaitTemperature(1234);

    broker.kill();
    awaitRead("cold", answer -> answer.contains("refused the connection"));
    broker.start();
    awaitTemperature(1111);

    bridge.request("device/remove", "{\"id\":\"0x" + LAMP + "\",\"force\":true}");
    awaitRead("lamp", answer -> answer.contains("\"FAILURE\"") && answer.contains(LAMP));

    bridge.end();
    awaitRead("cold", answer -> answer.contains("Zigbee2MQTT says that it is offline"));
  }
}

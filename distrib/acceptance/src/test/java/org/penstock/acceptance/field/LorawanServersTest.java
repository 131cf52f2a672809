package org.penstock.acceptance.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Inbox;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.Seed;

/**
 * Devices of a ChirpStack 4 and of a The Things Stack 3 on the product, through a real mosquitto. Neither server can
 * be installed here: their messages have the documented forms and are published by mosquitto_pub. If deleted: the
 * drivers could read no message, or their downlinks nobody.
 */
class LorawanServersTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String APPLICATION = "17c82e96-be03-4f38-aef3-f83d48582d97";
  private static final String TANK = "0101010101010101";
  private static final String WELL = "70b3d57ed0000002";
  private static final String CHIRP = "application/" + APPLICATION + "/device/" + TANK + "/";
  private static final String THINGS = "v3/plant@acme/devices/well-1/";

  @TempDir static Path folder;
  private static Mosquitto broker;
  private static Gateway gateway;

  @BeforeAll
  static void start() throws IOException {
    broker = new Mosquitto(Files.createDirectories(folder.resolve("broker")));
    String url = "mqtt://127.0.0.1:" + broker.port();
    Seed seed =
        new Seed()
            .component(
                "chirp",
                "org.penstock.driver.lorawan.chirpstack",
                "broker.url",
                url,
                "application",
                APPLICATION)
            .component(
                "things",
                "org.penstock.driver.lorawan.thethingsstack",
                "broker.url",
                url,
                "application",
                "plant@acme")
            .asset("tank", "chirp")
            .asset("well", "things");
    channels(seed, "tank", TANK);
    channels(seed, "well", WELL);
    gateway = new Gateway(Files.createDirectories(folder.resolve("gateway")), seed.xml()).start();
  }

  private static void channels(Seed seed, String asset, String device) {
    String[][] all = {
      {"temp", "DOUBLE", "inner.temperature"},
      {"rssi", "DOUBLE", "@rssi"},
      {"rate", "INTEGER", "@dr"},
      {"gateways", "INTEGER", "@gateways"},
      {"by", "STRING", "@gateway"},
      {"count", "LONG", "@fcnt"},
      {"battery", "INTEGER", "@battery"},
      {"state", "STRING", "@downlink"},
      {"limit", "INTEGER", "limit"}
    };
    for (String[] each : all) {
      seed.channel(
          asset,
          each[0],
          each[1],
          "dev.eui",
          device,
          "field",
          each[2],
          "downlink.port",
          9,
          "downlink.confirmed",
          true);
    }
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

  private static void tell(String topic, String payload) {
    ProcessBuilder pub =
        new ProcessBuilder("mosquitto_pub", "-p", "" + broker.port(), "-q", "1", "-t", topic, "-s");
    try {
      Process process = pub.start();
      try (var in = process.getOutputStream()) {
        in.write(payload.getBytes(StandardCharsets.UTF_8));
      }
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "mosquitto_pub hangs");
      assertEquals(0, process.exitValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String read(String asset) {
    return gateway.get("/services/assets/" + asset + "/_read").body();
  }

  private static void awaitRead(String asset, String name, String value) {
    Await.until(LIMIT, () -> read(asset), () -> has(asset, name, value));
  }

  private static boolean has(String asset, String name, String value) {
    JsonElement answer = JsonParser.parseString(read(asset));
    if (!answer.isJsonArray()) {
      return false; // not there yet
    }
    for (JsonElement each : answer.getAsJsonArray()) {
      JsonObject channel = each.getAsJsonObject();
      if (channel.get("name").getAsString().equals(name)) {
        return channel.has("value") && channel.get("value").getAsString().equals(value);
      }
    }
    return false;
  }

  private static JsonObject written(String asset, String topic) {
    try (Inbox inbox = new Inbox(broker.port(), topic)) {
      String body = "{\"channels\":[{\"name\":\"limit\",\"type\":\"INTEGER\",\"value\":772}]}";
      var answer = gateway.send("POST", "/services/assets/" + asset + "/_write", body);
      assertEquals(200, answer.statusCode(), answer.body());
      inbox.await(1, LIMIT);
      byte[] payload = inbox.messages().get(0).payload();
      return JsonParser.parseString(new String(payload, StandardCharsets.UTF_8)).getAsJsonObject();
    }
  }

  @Test
  void chirpStacksUplinksStatusAndDownlinks() {
    String up =
        """
        {"deduplicationId":"3ac7e3c4-4401-4b8d-9386-a5c902f9202d","time":"2022-07-18T09:34:15.775Z",
        "deviceInfo":{"applicationId":"%s","deviceName":"tank","devEui":"%s"},"devAddr":"00189440",
        "adr":true,"dr":1,"fPort":1,"confirmed":true,"data":"qg==",
        "object":{"inner":{"temperature":23.5}},
        "rxInfo":[{"gatewayId":"0016c001f153a14c","uplinkId":1,"rssi":-36,"snr":10.5,"location":{}},
        {"gatewayId":"0016c001f153a14d","uplinkId":2,"rssi":-80,"snr":2}],
        "txInfo":{"frequency":867100000,
        "modulation":{"lora":{"bandwidth":125000,"spreadingFactor":11,"codeRate":"CR_4_5"}}}}
        """
            .formatted(APPLICATION, TANK);
    Await.until(
        LIMIT,
        () -> read("tank"),
        () -> {
          tell(CHIRP + "event/up", up);
          return has("tank", "temp", "23.5");
        });
    assertTrue(has("tank", "rssi", "-36.0") && has("tank", "gateways", "2"), read("tank"));
    assertTrue(has("tank", "rate", "1") && has("tank", "by", "0016c001f153a14c"), read("tank"));
    assertTrue(has("tank", "count", "0"), read("tank")); // a zero is left out by the server
    tell(CHIRP + "event/status", "{\"margin\":10,\"batteryLevel\":100}");
    awaitRead("tank", "battery", "254");
    tell(CHIRP + "event/up", "{{{");
    JsonObject command = written("tank", CHIRP + "command/down");
    assertEquals(9, command.get("fPort").getAsInt());
    assertTrue(command.get("confirmed").getAsBoolean());
    assertEquals("{\"limit\":772}", command.get("object").toString());
    String id = command.get("id").getAsString();
    awaitRead("tank", "state", "queued");
    tell(CHIRP + "event/txack", "{\"downlinkId\":1,\"queueItemId\":\"" + id + "\"}");
    awaitRead("tank", "state", "sent");
    tell(CHIRP + "event/ack", "{\"acknowledged\":true,\"queueItemId\":\"" + id + "\"}");
    awaitRead("tank", "state", "acknowledged");
  }

  @Test
  void theThingsStacksUplinksAndDownlinks() {
    String ids =
        "\"end_device_ids\":{\"device_id\":\"well-1\",\"application_ids\":{\"application_id\":"
            + "\"plant\"},\"dev_eui\":\""
            + WELL.toUpperCase(java.util.Locale.ROOT)
            + "\",\"dev_addr\":\"260B1234\"}";
    String up =
        "{"
            + ids
            + ",\"received_at\":\"2026-01-01T00:00:00Z\",\"uplink_message\":{\"f_port\":1,"
            + "\"f_cnt\":7,\"frm_payload\":\"qg==\",\"decoded_payload\":{\"inner\":"
            + "{\"temperature\":8.25}},\"rx_metadata\":[{\"gateway_ids\":{\"gateway_id\":\"g\","
            + "\"eui\":\"B827EBFFFE123456\"},\"rssi\":-90,\"snr\":4.2}],\"settings\":{\"data_rate\":"
            + "{\"lora\":{\"bandwidth\":125000,\"spreading_factor\":7}},\"frequency\":\"868300000\"},"
            + "\"consumed_airtime\":\"0.056s\"}}";
    Await.until(
        LIMIT,
        () -> read("well"),
        () -> {
          tell(THINGS + "up", up);
          return has("well", "temp", "8.25");
        });
    assertTrue(has("well", "rate", "5") && has("well", "count", "7"), read("well"));
    assertTrue(has("well", "by", "b827ebfffe123456"), read("well"));
    JsonObject push = written("well", THINGS + "down/push");
    JsonObject downlink = push.getAsJsonArray("downlinks").get(0).getAsJsonObject();
    assertEquals(9, downlink.get("f_port").getAsInt());
    assertEquals("{\"limit\":772}", downlink.get("decoded_payload").toString());
    String id = downlink.getAsJsonArray("correlation_ids").get(0).getAsString();
    String told = "\"correlation_ids\":[\"as:downlink:1\",\"" + id + "\"]";
    tell(THINGS + "down/sent", "{" + ids + ",\"downlink_sent\":{\"f_port\":9," + told + "}}");
    awaitRead("well", "state", "sent");
    tell(THINGS + "down/nack", "{" + ids + "," + told + ",\"downlink_nack\":{\"f_port\":9}}");
    awaitRead("well", "state", "failed: the device did not acknowledge it");
  }
}

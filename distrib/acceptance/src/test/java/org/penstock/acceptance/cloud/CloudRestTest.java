package org.penstock.acceptance.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Inbox;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.Seed;

/** A connection is made, used and deleted with nothing but REST: the way a console goes. */
class CloudRestTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String V1 = "/services/cloudconnection/v1/";
  private static final String RAW =
      "org.eclipse.kura.cloudconnection.raw.mqtt.cloud.RawMqttCloudEndpoint";
  private static final String FACTORY = "org.penstock.cloud.connection.RawConnectionFactory";
  private static final String PUBLISHER =
      "org.eclipse.kura.cloudconnection.raw.mqtt.publisher.RawMqttPublisher";

  @TempDir Path folder;
  private Mosquitto broker;
  private Gateway gateway;

  @BeforeEach
  void start() {
    broker = new Mosquitto(folder);
    Seed seed =
        new Seed()
            .component("toy", "org.penstock.driver.template")
            .asset("tank", "toy")
            .channel("tank", "level", "LONG", "address", "counter/level")
            .component(
                "feed",
                "org.penstock.cloud.asset",
                "asset.pid",
                "tank",
                "interval.ms",
                200,
                "CloudPublisher.target",
                "(kura.service.pid=plain)");
    gateway = new Gateway(folder, seed.xml()).start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    broker.close();
  }

  private JsonObject ok(HttpResponse<String> answer) {
    assertTrue(answer.statusCode() < 300, answer.statusCode() + " " + answer.body());
    return answer.body().isEmpty()
        ? new JsonObject()
        : JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private void set(String pid, String properties) {
    ok(
        gateway.send(
            "PUT",
            V1 + "configurations",
            "{\"configs\":[{\"pid\":\"%s\",\"properties\":{%s}}]}".formatted(pid, properties)));
  }

  private static String text(String key, String value) {
    return "\"%s\":{\"value\":\"%s\",\"type\":\"STRING\"}".formatted(key, value);
  }

  @Test
  void aPlainConnectionFromNothingToTheFirstMessageAndAway() {
    JsonObject factories = ok(gateway.get(V1 + "factories"));
    assertTrue(
        factories.toString().contains(FACTORY) && factories.toString().contains(PUBLISHER),
        factories.toString());
    String names =
        "{\"cloudConnectionFactoryPid\":\"%s\",\"cloudEndpointPid\":\"%s-p\"}"
            .formatted(FACTORY, RAW);
    ok(gateway.send("POST", V1 + "cloudEndpoint", names));
    assertEquals(
        3,
        ok(gateway.send("POST", V1 + "cloudEndpoint/stackComponentPids", names))
            .getAsJsonArray("pids")
            .size());
    set(
        "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport-p",
        text("broker-url", "mqtt://127.0.0.1:" + broker.port()) + "," + text("client-id", "g"));
    ok(
        gateway.send(
            "POST",
            V1 + "pubSub",
            "{\"pid\":\"plain\",\"factoryPid\":\"%s\",\"cloudEndpointPid\":\"%s-p\"}"
                .formatted(PUBLISHER, RAW)));
    set("plain", text("topic", "plant/${asset}") + "," + text("payload.form", "json"));
    hearsTheAsset();
    expressionsOfTheTemplateHaveValues();
    Await.until(LIMIT, () -> ok(gateway.get(V1 + "instances")).toString(), this::isConnected);
    JsonArray clients = ok(gateway.get(V1 + "instances")).getAsJsonArray("pubsubInstances");
    assertTrue(clients.toString().contains("\"plain\""), clients.toString());
    ok(
        gateway.send(
            "DELETE", V1 + "pubSub", "{\"pid\":\"plain\",\"factoryPid\":\"" + PUBLISHER + "\"}"));
    ok(gateway.send("DELETE", V1 + "cloudEndpoint", names));
    assertEquals(
        0, ok(gateway.get(V1 + "instances")).getAsJsonArray("cloudEndpointInstances").size());
  }

  /** With the product's own language: a number, a text, a truth value, and what can't be had. */
  private void expressionsOfTheTemplateHaveValues() {
    set(
        "plain",
        text("topic", "formula")
            + ","
            + text(
                    "payload.template",
                    "{'l':${=tank/level},'d':${=tank/level * 2 + 1},'t':${=text(tank/level)},"
                        + "'b':${=tank/level >= 0},'n':${=tank/nothing}}")
                .replace("'", "\\\""));
    try (Inbox inbox = new Inbox(broker.port(), "formula")) {
      inbox.await(1, LIMIT);
      JsonObject told =
          JsonParser.parseString(
                  new String(inbox.messages().get(0).payload(), StandardCharsets.UTF_8))
              .getAsJsonObject();
      double level = told.get("l").getAsDouble();
      assertEquals(level * 2 + 1, told.get("d").getAsDouble());
      assertEquals(level, Double.parseDouble(told.get("t").getAsString()));
      assertTrue(told.get("b").getAsBoolean(), told.toString());
      assertTrue(told.get("n").isJsonNull(), told.toString());
    }
    Await.until(
        LIMIT,
        () -> gateway.health().toString(),
        () -> gateway.health().toString().contains("${=tank/nothing}"));
  }

  private void hearsTheAsset() {
    try (Inbox inbox = new Inbox(broker.port(), "plant/#")) {
      inbox.await(1, LIMIT);
      String json = new String(inbox.messages().get(0).payload(), StandardCharsets.UTF_8);
      assertEquals(
          "tank", JsonParser.parseString(json).getAsJsonObject().get("asset").getAsString());
    }
  }

  private boolean isConnected() {
    for (JsonElement each :
        ok(gateway.get(V1 + "instances")).getAsJsonArray("cloudEndpointInstances")) {
      if (each.getAsJsonObject().get("state").getAsString().equals("CONNECTED")) {
        return true;
      }
    }
    return false;
  }

  @Test
  void mistakesAreSaidInWords() {
    String bad =
        "{\"cloudConnectionFactoryPid\":\"%s\",\"cloudEndpointPid\":\"x\"}".formatted(FACTORY);
    HttpResponse<String> answer = gateway.send("POST", V1 + "cloudEndpoint", bad);
    assertEquals(400, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("the pid must be"), answer.body());
    answer = gateway.send("POST", V1 + "configurations", "{\"pids\":[\"tank\"]}");
    assertEquals(400, answer.statusCode(), answer.body());
    answer =
        gateway.send(
            "POST",
            "/api/v1/cloud/_preview",
            "{\"topic\":\"t/${channel}\",\"template\":\"${price}\"}");
    assertEquals(400, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("price"), answer.body());
    JsonObject preview =
        ok(
            gateway.send(
                "POST",
                "/api/v1/cloud/_preview",
                "{\"topic\":\"t/${asset}/${channel}\",\"form\":\"raw\",\"asset\":\"a\",\"values\":{\"c\":5}}"));
    assertTrue(preview.toString().contains("\"topic\":\"t/a/c\""), preview.toString());
  }
}

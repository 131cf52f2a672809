package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.Password;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The product with a simulated ZigBee network, which an independent host stack has tried, and a broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ZigbeeRig {

  static final Duration LIMIT = Duration.ofSeconds(60);
  static final String KEY = "00112233445566778899aabbccddeeff";
  static final String SENSOR = "00158d0001dc126a";
  static final String PLUG = "00124b0001020301";
  static final String DRIVER = "driver/zigbee/zb";

  final String protocol;
  Mosquitto broker;
  Inbox inbox;
  Gateway gateway;
  ZigbeeStick stick;

  ZigbeeRig(String protocol) {
    this.protocol = protocol;
  }

  @BeforeAll
  void start(@TempDir Path folder) {
    stick = new ZigbeeStick(protocol);
    broker = new Mosquitto(folder);
    inbox = new Inbox(broker.port(), "acme/gw1/A1/#");
    Seed seed =
        new Seed()
            .cloud(broker.port())
            .component(
                "zb",
                "org.penstock.driver.zigbee",
                "port",
                "tcp://127.0.0.1:" + stick.port(),
                "ping.interval.s",
                1,
                "network.key",
                new Password(KEY));
    seed(seed);
    gateway = new Gateway(folder, seed.xml()).start();
  }

  /** Adds the test's assets and channels. */
  abstract void seed(Seed seed);

  static void listened(
      Seed seed,
      String asset,
      String name,
      String type,
      String device,
      String cluster,
      String attribute,
      String scale) {
    seed.channel(
        asset,
        name,
        type,
        "device",
        "0x" + device,
        "cluster",
        cluster,
        "attribute",
        attribute,
        "scale",
        scale,
        "report.min.s",
        "0",
        "report.max.s",
        "600",
        "report.change",
        "1");
    seed.component(asset, "org.eclipse.kura.wire.WireAsset", name + "#+listen", true);
  }

  @AfterAll
  void stop() {
    gateway.close();
    inbox.close();
    broker.close();
    stick.close();
  }

  /** Waits for a message of the asset that holds this metric. */
  void awaitMetric(int from, String asset, String name, Object value) {
    Await.until(
        LIMIT,
        () -> name + " = " + value + " did not arrive, but " + values(from, asset) + devices(),
        () -> values(from, asset).stream().anyMatch(metrics -> value.equals(metrics.get(name))));
  }

  List<Map<String, Object>> values(int from, String asset) {
    return inbox.messages().stream()
        .skip(from)
        .filter(message -> message.topic().equals("acme/gw1/A1/" + asset))
        .map(message -> Payloads.metrics(message.payload()))
        .toList();
  }

  JsonObject job(String kind, String arguments) {
    String wish = "{\"kind\":\"zigbee." + kind + ":zb\",\"arguments\":{" + arguments + "}}";
    HttpResponse<String> begun = gateway.send("POST", "/api/v1/jobs", wish);
    assertTrue(begun.statusCode() / 100 == 2, begun.statusCode() + begun.body());
    return JsonParser.parseString(begun.body()).getAsJsonObject();
  }

  JsonObject end(JsonObject job) {
    String path = "/api/v1/jobs/" + job.get("id").getAsString();
    Await.until(
        LIMIT,
        () -> gateway.get(path).body(),
        () -> gateway.get(path).body().contains("\"ended\""));
    return JsonParser.parseString(gateway.get(path).body()).getAsJsonObject();
  }

  String devices() {
    return end(job("devices", "")).toString();
  }

  String write(boolean on) {
    String body = "{\"channels\":[{\"name\":\"on\",\"type\":\"BOOLEAN\",\"value\":" + on + "}]}";
    HttpResponse<String> answer = gateway.send("POST", "/services/assets/plug/_write", body);
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  void awaitNetwork(String what) {
    Await.until(LIMIT, () -> stick.say("network"), () -> stick.say("network").contains(what));
  }

  String link() {
    JsonObject state = gateway.health().getAsJsonObject("states").getAsJsonObject(DRIVER);
    return state == null ? "" : state.getAsJsonObject("figures").get("link").getAsString();
  }

  void awaitLink(String phase) {
    Await.until(LIMIT, () -> gateway.health().toString(), () -> link().equals(phase));
  }

  int report(int hundredths) {
    int from = inbox.messages().size();
    stick.say("set " + SENSOR + " 1 0x0402 0 " + hundredths);
    stick.say("report " + SENSOR + " 1 0x0402 0");
    return from;
  }

  void awaitPermit(boolean open) {
    awaitNetwork("permit=" + open);
  }

  List<String> lines(String holding) {
    return gateway.log().stream().filter(line -> line.contains(holding)).toList();
  }

  String parameters() {
    return stick.say("network").replaceAll(" up=.*", "");
  }
}

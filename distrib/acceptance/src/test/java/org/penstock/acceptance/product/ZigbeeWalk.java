package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a stick's frame to an MQTT message and back, with a simulated network that an independent host stack has tried.
 * Without it the driver could agree with its own tests only. One class for each firmware.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ZigbeeWalk {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String KEY = "00112233445566778899aabbccddeeff";
  private static final String SENSOR = "00158d0001dc126a";
  private static final String PLUG = "00124b0001020301";
  private static final String DRIVER = "driver/zigbee/zb";

  private final String protocol;
  private Mosquitto broker;
  private Inbox inbox;
  private Gateway gateway;
  private ZigbeeStick stick;

  ZigbeeWalk(String protocol) {
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
                new Password(KEY))
            .asset("room", "zb")
            .asset("plug", "zb")
            .graph(3_600_000, "room", "plug");
    listened(seed, "room", "temp", "DOUBLE", SENSOR, "0x0402", "0x0000", "0.01");
    listened(seed, "plug", "volt", "DOUBLE", PLUG, "0x0B04", "0x0505", "0.01");
    seed.channel("plug", "on", "BOOLEAN", "device", "0x" + PLUG, "cluster", "6");
    gateway = new Gateway(folder, seed.xml()).start();
  }

  private static void listened(
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
  private void awaitMetric(int from, String asset, String name, Object value) {
    Await.until(
        LIMIT,
        () -> name + " = " + value + " did not arrive, but " + values(from, asset) + devices(),
        () -> values(from, asset).stream().anyMatch(metrics -> value.equals(metrics.get(name))));
  }

  private List<Map<String, Object>> values(int from, String asset) {
    return inbox.messages().stream()
        .skip(from)
        .filter(message -> message.topic().equals("acme/gw1/A1/" + asset))
        .map(message -> Payloads.metrics(message.payload()))
        .toList();
  }

  private JsonObject job(String kind, String arguments) {
    String wish = "{\"kind\":\"zigbee." + kind + ":zb\",\"arguments\":{" + arguments + "}}";
    HttpResponse<String> begun = gateway.send("POST", "/api/v1/jobs", wish);
    assertTrue(begun.statusCode() / 100 == 2, begun.statusCode() + begun.body());
    return JsonParser.parseString(begun.body()).getAsJsonObject();
  }

  private JsonObject end(JsonObject job) {
    String path = "/api/v1/jobs/" + job.get("id").getAsString();
    Await.until(
        LIMIT,
        () -> gateway.get(path).body(),
        () -> gateway.get(path).body().contains("\"ended\""));
    return JsonParser.parseString(gateway.get(path).body()).getAsJsonObject();
  }

  private String devices() {
    return end(job("devices", "")).toString();
  }

  private String write(boolean on) {
    String body = "{\"channels\":[{\"name\":\"on\",\"type\":\"BOOLEAN\",\"value\":" + on + "}]}";
    HttpResponse<String> answer = gateway.send("POST", "/services/assets/plug/_write", body);
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  private void awaitNetwork(String what) {
    Await.until(LIMIT, () -> stick.say("network"), () -> stick.say("network").contains(what));
  }

  private String link() {
    JsonObject state = gateway.health().getAsJsonObject("states").getAsJsonObject(DRIVER);
    return state == null ? "" : state.getAsJsonObject("figures").get("link").getAsString();
  }

  private void awaitLink(String phase) {
    Await.until(LIMIT, () -> gateway.health().toString(), () -> link().equals(phase));
  }

  private int report(int hundredths) {
    int from = inbox.messages().size();
    stick.say("set " + SENSOR + " 1 0x0402 0 " + hundredths);
    stick.say("report " + SENSOR + " 1 0x0402 0");
    return from;
  }

  private void awaitPermit(boolean open) {
    awaitNetwork("permit=" + open);
  }

  @Test
  void devicesJoinReportAreWrittenAndOutliveThePulledStickAndTheRestart() {
    awaitLink("online");
    assertTrue(stick.say("network").contains("permit=false"), "the network is open by itself");
    stick.say("add temperature " + SENSOR);
    stick.say("add plug " + PLUG);
    assertEquals("refused", stick.say("join " + SENSOR));
    JsonObject joining = job("permit-join", "\"seconds\":\"60\"");
    awaitPermit(true);
    stick.say("join " + SENSOR);
    stick.say("join " + PLUG);
    Await.until(
        LIMIT,
        () -> "who opened the network is not in the audit log: " + lines("permit-join"),
        () -> lines("network zb: permit-join").stream().anyMatch(l -> l.contains("admin")));

    // the driver has bound and configured: what changes is reported by itself
    Await.until(
        LIMIT,
        this::devices,
        () -> devices().replace("\\", "").split("\"interviewed\":true", -1).length == 3);
    assertTrue(devices().contains("SPLZB-131"), devices());
    String channels = end(job("channels", "\"device\":\"0x" + SENSOR + "\"")).toString();
    assertTrue(channels.contains("humidity"), channels);
    int from = report(2345);
    awaitMetric(from, "room", "temp", 23.45);
    gateway.send("DELETE", "/api/v1/jobs/" + joining.get("id").getAsString(), "");
    awaitPermit(false);

    assertFalse(write(true).contains("error"), "a write that is refused");
    assertEquals("1", stick.say("get " + PLUG + " 1 6 0"));
    stick.say("reach " + PLUG + " off");
    String failed = write(false);
    assertTrue(failed.contains("does not acknowledge"), failed);
    stick.say("reach " + PLUG + " on");
    assertFalse(write(false).contains("error"), "a write after the device has come back");
    assertEquals("0", stick.say("get " + PLUG + " 1 6 0"));

    String network = parameters();
    stick.say("unplug");
    awaitLink("offline");
    stick.say("plug");
    awaitLink("online");
    awaitMetric(report(2111), "room", "temp", 21.11);
    assertEquals(network, parameters());

    gateway.stop();
    gateway.start();
    awaitLink("online");
    awaitMetric(report(1999), "room", "temp", 19.99);
    assertEquals(network, parameters());
    assertTrue(stick.say("network").contains("forms=1"), stick.say("network"));
    assertTrue(gateway.log().stream().noneMatch(line -> line.contains(KEY)), "a key is logged");
    assertEquals(0, gateway.health().toString().split(KEY, -1).length - 1, "a key is shown");
  }

  private List<String> lines(String holding) {
    return gateway.log().stream().filter(line -> line.contains(holding)).toList();
  }

  private String parameters() {
    return stick.say("network").replaceAll(" up=.*", "");
  }
}

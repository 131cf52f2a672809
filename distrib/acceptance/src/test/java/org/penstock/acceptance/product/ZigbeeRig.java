package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
  static final String DRIVER = "driver/zigbee/zb";

  final String protocol;
  Mosquitto broker;
  Inbox inbox;
  Gateway gateway;
  ZigbeeStick stick;

  final int speed;

  ZigbeeRig(String protocol) {
    this(protocol, 1);
  }

  /** With devices whose clock runs so many times as fast as ours. */
  ZigbeeRig(String protocol, int speed) {
    this.protocol = protocol;
    this.speed = speed;
  }

  @BeforeAll
  void start(@TempDir Path folder) {
    stick = new ZigbeeStick(protocol, speed);
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

  /** Whether an answer to a write says that all of it was done. */
  static boolean written(String answer) {
    return answer.contains("\"SUCCESS\"") && !answer.contains("\"FAILURE\"");
  }

  void awaitNetwork(String what) {
    Await.until(LIMIT, () -> stick.say("network"), () -> stick.say("network").contains(what));
  }

  String link() {
    JsonObject state;
    try {
      state = gateway.health().getAsJsonObject("states").getAsJsonObject(DRIVER);
    } catch (UncheckedIOException refused) {
      return ""; // its web server is taking a configuration
    }
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

  /** Opens or closes the network, again when it closed by itself before it was looked at. */
  void permit(int seconds) {
    Await.until(
        LIMIT,
        () -> stick.say("network"),
        () -> {
          HttpResponse<String> answer =
              gateway.send("PUT", "/api/v1/zigbee/zb/permit-join", "{\"seconds\":" + seconds + "}");
          assertEquals(200, answer.statusCode(), answer.body());
          return stick.say("network").contains("permit=" + (seconds > 0));
        });
  }

  /** All devices as REST has them. */
  JsonArray list() {
    return JsonParser.parseString(gateway.get("/api/v1/zigbee/zb/devices").body()).getAsJsonArray();
  }

  /** How many devices have told what they are. */
  long interviewed() {
    return list().asList().stream()
        .filter(d -> d.getAsJsonObject().get("interviewed").getAsBoolean())
        .count();
  }

  /** What lives on the heap after a full collection, in KB; whatever collector runs. */
  long heap() {
    return run("GC.class_histogram").stream()
        .map(String::strip)
        .map(TOTAL::matcher)
        .filter(Matcher::matches)
        .mapToLong(m -> Long.parseLong(m.group(1)) / 1024)
        .findFirst()
        .orElseThrow();
  }

  private List<String> run(String command) {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try (Child child =
        new Child("jcmd", new ProcessBuilder(tool.toString(), "" + gateway.pid(), command))) {
      child.end(Duration.ofSeconds(60));
      return List.copyOf(child.lines());
    }
  }
}

package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.Password;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a radio frame to an MQTT message and back, with devices whose crypto is lora-packet's. Without it the driver
 * could agree with itself only.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("beside")
class LorawanTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int KILLS = 10;
  private static final String KEY = "00112233445566778899aabbccddeeff";
  private static final String CELLAR = "70b3d57ed00000a1";
  private static final String METER = "70b3d57ed00000a2";
  private static final String DRIVER = "driver/lorawan/lora";
  private static final String CODEC =
      """
      == meter javascript
      function decodeUplink(input) {
        return { data: { level: (input.bytes[0] << 8 | input.bytes[1]) / 10 } };
      }
      function encodeDownlink(input) {
        return { bytes: [input.data.limit >> 8, input.data.limit & 255], fPort: 9 };
      }
      """;

  private Mosquitto broker;
  private Inbox inbox;
  private Gateway gateway;
  private Radio radio;
  private int stationPort;

  @BeforeAll
  void start(@TempDir Path folder) {
    int port = Ports.free();
    stationPort = Ports.free();
    broker = new Mosquitto(folder);
    inbox = new Inbox(broker.port(), "acme/gw1/A1/#");
    Seed seed =
        new Seed()
            .cloud(broker.port())
            .component(
                "lora",
                "org.penstock.driver.lorawan",
                "port",
                port,
                "station.port",
                stationPort,
                "station.token",
                new Password("Bearer abc"),
                "status.interval.h",
                0,
                "devices",
                CELLAR + " cellar codec=lpp\n" + METER + " meter codec=meter",
                "keys",
                new Password(CELLAR + " " + KEY + "\n" + METER + " " + KEY),
                "codecs",
                CODEC)
            .asset("cellar", "lora")
            .asset("meter", "lora")
            .graph(3_600_000, "cellar", "meter");
    channel(seed, "cellar", "temp", "DOUBLE", CELLAR, "temperature_3");
    channel(seed, "cellar", "gateways", "INTEGER", CELLAR, "@gateways");
    channel(seed, "meter", "level", "DOUBLE", METER, "level");
    channel(seed, "meter", "limit", "INTEGER", METER, "limit");
    gateway = new Gateway(folder, seed.xml()).start();
    radio = new Radio(port, KEY, CELLAR, METER);
    awaitGateway();
  }

  private static void channel(
      Seed seed, String asset, String name, String type, String device, String field) {
    seed.channel(asset, name, type, "dev.eui", device, "field", field);
    seed.component(asset, "org.eclipse.kura.wire.WireAsset", name + "#+listen", true);
  }

  @AfterAll
  void stop() {
    radio.close();
    gateway.close();
    inbox.close();
    broker.close();
  }

  private void awaitGateway() {
    Await.until(
        LIMIT,
        () -> "the radio's gateway is not known: " + gateway.health(),
        () -> figure("gateway.aa555a0000000200.quiet.ms") >= 0);
  }

  private double figure(String name) {
    Double value = gateway.figure(DRIVER, name);
    return value == null ? -1 : value;
  }

  /** Waits for a message of the asset that holds this metric. */
  private void awaitMetric(int from, String asset, String name, Object value) {
    Await.until(
        LIMIT,
        () -> name + " = " + value + " did not arrive, but " + values(from, asset),
        () -> values(from, asset).stream().anyMatch(metrics -> value.equals(metrics.get(name))));
  }

  private List<Map<String, Object>> values(int from, String asset) {
    return inbox.messages().stream()
        .skip(from)
        .filter(message -> message.topic().equals("acme/gw1/A1/" + asset))
        .map(message -> Payloads.metrics(message.payload()))
        .toList();
  }

  @Test
  void uplinksBecomeMessagesWritesReachDevicesAndForgeriesNobody() {
    String joined = radio.say("join 0", "joined 0");
    assertTrue(joined.startsWith("joined 0 rx1 0 "), joined); // to the microsecond
    int from = inbox.messages().size();
    radio.say("up 0 1 03670110");
    awaitMetric(from, "cellar", "temp", 27.2);

    // within a second of the first it counts as the same frame, heard by another gateway
    Await.until(
        LIMIT,
        () -> "no refusal of a used DevNonce",
        () -> {
          radio.say("rejoin 0");
          return figure("security.devnonce") >= 1;
        });
    radio.say("join 0", "joined 0");

    radio.say("forge 0");
    Await.until(LIMIT, () -> "no refusal", () -> figure("security.mic") == 1);

    radio.say("join 1", "joined 1");
    from = inbox.messages().size();
    radio.say("up 1 2 0203");
    awaitMetric(from, "meter", "level", 51.5);
    String body = "{\"channels\":[{\"name\":\"limit\",\"type\":\"INTEGER\",\"value\":772}]}";
    assertEquals(200, gateway.send("POST", "/services/assets/meter/_write", body).statusCode());
    String down = radio.say("confirmed 1 2 0204", "down 1");
    assertTrue(down.matches("down 1 rx[12] 0 fcnt \\d+ ack 1 pending 0 port 9 data 0304"), down);

    from = inbox.messages().size();
    radio.say("gateways 2");
    Await.until(
        LIMIT,
        () -> "the second gateway is not known",
        () -> figure("gateway.aa555a0000000201.quiet.ms") >= 0);
    radio.say("up 0 1 03670111");
    awaitMetric(from, "cellar", "gateways", 2);
    awaitMetric(from, "cellar", "temp", 27.3);
    radio.say("gateways 1");
    assertTrue(radio.lines().stream().noneMatch(l -> l.startsWith("forged")), "a wrong MIC");
    assertEquals(0, gateway.health().toString().split(KEY, -1).length - 1, "a key is shown");
  }

  /** If deleted: a Basics Station could be refused, or its frames be answered too late, or anybody let in. */
  @Test
  void aBasicsStationOverTlsIsServedAndAStrangerSentAway() {
    String url = "wss://127.0.0.1:" + stationPort;
    radio.say("gateways 0");
    radio.say("station " + url + " Bearer wrong", "station refused");
    radio.say("station " + url + " Bearer abc", "station ready EU863");
    String joined = radio.say("join 0", "joined 0");
    assertTrue(joined.startsWith("joined 0 rx1 0 "), joined);
    int from = inbox.messages().size();
    String down = radio.say("confirmed 0 1 03670112", "down 0");
    assertTrue(down.matches("down 0 rx1 0 fcnt 0 ack 1 .*"), down);
    awaitMetric(from, "cellar", "temp", 27.4);
    Await.until(LIMIT, () -> "not said to be sent", () -> figure("downlinks.sent") >= 1);
    radio.say("gateways 0");
    radio.say("gateways 1");
  }

  /** If deleted: REST could show keys, queue for nobody, or import half a table. */
  @Test
  void restShowsDevicesQueuesDownlinksTriesCodecsAndImports() {
    String api = "/api/v1/lorawan/lora";
    radio.say("join 1", "joined 1");
    radio.say("up 1 2 0203");
    Await.until(
        LIMIT,
        () -> gateway.get(api + "/devices/" + METER).body(),
        () -> gateway.get(api + "/devices/" + METER).body().contains("\"level\":\"51.5\""));
    String devices = gateway.get(api + "/devices").body();
    assertTrue(devices.contains("\"joined\":true") && !devices.contains(KEY), devices);
    assertTrue(gateway.get(api + "/gateways").body().contains("aa555a0000000200"));
    String frames = gateway.get(api + "/devices/" + METER + "/frames").body();
    assertTrue(frames.contains("up 0 port 2 SF7BW125 868100000 Hz"), frames);
    String live = gateway.get(api + "/frames").body();
    assertTrue(live.contains("\"values\":{\"level\":\"51.5\"}"), live);
    JsonObject log = JsonParser.parseString(live).getAsJsonObject();
    String later = gateway.get(api + "/frames?after=" + log.get("last").getAsLong()).body();
    assertTrue(later.endsWith("\"frames\":[]}"), later);

    String order = "{\"port\":7,\"data\":\"0a0b\"}";
    var queued = gateway.send("POST", api + "/devices/" + METER + "/queue", order);
    assertTrue(queued.body().contains("\"data\":\"0a0b\""), queued.body());
    String down = radio.say("up 1 2 0204", "down 1");
    assertTrue(down.endsWith("port 7 data 0a0b"), down);

    String trial =
        "{\"codecs\":\"== loop javascript\\nfunction decodeUplink(i) { for (;;) {} }\","
            + "\"name\":\"loop\",\"data\":\"01\"}";
    String tried = gateway.send("POST", api + "/codecs/_test", trial).body();
    assertTrue(tried.contains("\"problem\":\"") && !tried.contains("\"problem\":\"\""), tried);

    String table = "dev_eui;name;app_key\\n70b3d57ed00000a7;yard;" + KEY + "\\n";
    String wrong = "{\"csv\":\"" + table + "70b3d57ed00000a8;x;12\"}";
    String refused = gateway.send("POST", api + "/devices/_import", wrong).body();
    assertTrue(refused.contains("\"done\":false") && refused.contains("\"row\":3"), refused);
    String right =
        "{\"kind\":\"lorawan.import\",\"arguments\":{\"driver\":\"lora\",\"codec\":\"lpp\",\"csv\":\""
            + table
            + "\"}}";
    String job = gateway.send("POST", "/api/v1/jobs", right).body();
    String id = JsonParser.parseString(job).getAsJsonObject().get("id").getAsString();
    Await.until(
        LIMIT,
        () -> gateway.get("/api/v1/jobs/" + id).body(),
        () -> gateway.get("/api/v1/jobs/" + id).body().contains("SUCCEEDED"));
    String done = gateway.get("/api/v1/jobs/" + id).body();
    assertTrue(done.contains("\"done\":true") && done.contains("\"added\":1"), done);
    assertTrue(!done.contains(KEY) && !String.join("\n", gateway.log()).contains(KEY), done);
    Await.until(
        LIMIT,
        () -> gateway.get(api + "/devices").body(),
        () -> gateway.get(api + "/devices").body().contains("70b3d57ed00000a7"));
    awaitGateway();
    int from = inbox.messages().size();
    radio.say("up 1 2 0205");
    awaitMetric(from, "meter", "level", 51.7);
  }

  /** If deleted: what somebody recorded could be believed after a power cut, or devices be locked out. */
  @Test
  void countersSurviveSigkill() {
    radio.say("join 0", "joined 0");
    for (int i = 1; i <= KILLS; i++) {
      int from = inbox.messages().size();
      radio.say("up 0 1 0367" + String.format("%04x", 300 + i));
      awaitMetric(from, "cellar", "temp", (300 + i) / 10.0);
      gateway.kill();
      gateway.start();
      awaitGateway();
      double accepted = Math.max(0, figure("uplinks.accepted"));
      radio.say("replay 0");
      Await.until(LIMIT, () -> "not refused", () -> figure("uplinks.repeated") >= 1);
      assertEquals(accepted, Math.max(0, figure("uplinks.accepted")));
    }
    int from = inbox.messages().size();
    radio.say("up 0 1 03670001");
    awaitMetric(from, "cellar", "temp", 0.1);
  }
}

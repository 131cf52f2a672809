package org.penstock.acceptance.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.eclipse.kura.configuration.Password;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Ports;
import org.penstock.acceptance.product.Radio;
import org.penstock.acceptance.product.Seed;

/**
 * What a network server must do, on the product, with devices on lora-packet: windows, refusals, queues, counters,
 * duplicates, ADR, hostile datagrams. If deleted: rules of LoRaWAN could be kept by the driver's own devices only.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LorawanScenariosTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String KEY = "00112233445566778899aabbccddeeff";
  private static final String TANK = "70b3d57ed00000a1";
  private static final String VALVE = "70b3d57ed00000a2";
  private static final String OLD = "70b3d57ed00000a3";
  private static final String STRANGER = "70b3d57ed00000a4";
  private static final String API = "/api/v1/lorawan/lora/devices/";

  @TempDir static Path folder;
  private static Gateway gateway;
  private static Radio radio;
  private static int loudPort;

  @BeforeAll
  static void start() {
    int port = Ports.free();
    loudPort = Ports.free();
    String keys = TANK + " " + KEY + "\n" + VALVE + " " + KEY + "\n" + OLD + " " + KEY + " " + KEY;
    Seed seed =
        new Seed()
            .component(
                "lora",
                "org.penstock.driver.lorawan",
                "port",
                port,
                "status.interval.h",
                0,
                "devices",
                TANK + " tank\n" + VALVE + " valve class=C\n" + OLD + " old abp=260b1234",
                "keys",
                new Password(keys))
            .component(
                "loud",
                "org.penstock.driver.lorawan",
                "port",
                loudPort,
                "status.interval.h",
                0,
                "devices",
                OLD + " old abp=260b1234",
                "keys",
                new Password(OLD + " " + KEY + " " + KEY));
    gateway = new Gateway(folder, seed.xml()).start();
    radio = new Radio(port, KEY, TANK, VALVE, OLD, STRANGER);
    Await.until(
        LIMIT,
        () -> gateway.health().toString(),
        () -> figure("gateway.aa555a0000000200.quiet.ms") >= 0);
  }

  @AfterAll
  static void stop() {
    if (radio != null) {
      radio.close();
    }
    if (gateway != null) {
      gateway.close();
    }
  }

  private static double figure(String name) {
    Double value = gateway.figure("driver/lorawan/lora", name);
    return value == null ? -1 : value;
  }

  private static double count(String name) {
    return Math.max(0, figure(name));
  }

  /** Does something, and waits until a counter has grown by one, and no more. */
  private static void counts(String name, Runnable action) {
    double before = count(name);
    action.run();
    Await.until(LIMIT, () -> name + ": " + gateway.health(), () -> count(name) > before);
    assertEquals(before + 1, count(name));
  }

  private static String device(String devEui) {
    return gateway.get(API + devEui).body();
  }

  private static void awaitDevice(String devEui, String part) {
    Await.until(LIMIT, () -> device(devEui), () -> device(devEui).contains(part));
  }

  private static void queue(String devEui, String data) {
    String order = "{\"port\":7,\"data\":\"" + data + "\"}";
    assertEquals(200, gateway.send("POST", API + devEui + "/queue", order).statusCode());
  }

  /** Scenario 10. */
  @Test
  @Order(1)
  void aDeviceJoinsInRx1AndAStrangerIsCounted() {
    String joined = radio.say("join 0", "joined 0");
    assertTrue(joined.startsWith("joined 0 rx1 0 "), joined);
    counts("joins.unknown", () -> radio.say("join 3"));
    assertTrue(radio.lines().stream().noneMatch(line -> line.startsWith("joined 3")));
  }

  /** Scenario 11. */
  @Test
  @Order(2)
  void anAnswerIsExactAcrossTheClocksWrapAndInRx2WhenRx1IsRefused() {
    radio.say("clock 4294667296"); // 0.3 s before it begins anew
    String down = radio.say("confirmed 0 1 01", "down 0");
    assertTrue(down.startsWith("down 0 rx1 0 ") && down.contains("ack 1"), down);
    radio.say("refuse TOO_LATE");
    down = radio.say("confirmed 0 1 02", "down 0");
    assertTrue(down.startsWith("down 0 rx2 0 ") && down.contains("ack 1"), down);
    assertEquals(1, figure("downlinks.refused.too_late"));
    radio.say("refuse COLLISION_PACKET");
    down = radio.say("confirmed 0 1 02", "down 0");
    assertTrue(down.startsWith("down 0 rx2 0 ") && down.contains("ack 1"), down);
    assertEquals(1, figure("downlinks.refused.collision_packet"));
  }

  /** Scenario 12. */
  @Test
  @Order(3)
  void aQueueWaitsForClassAAndGoesAtOnceToClassC() {
    queue(TANK, "0a");
    queue(TANK, "0b");
    String waits = gateway.get(API + TANK + "/queue").body();
    assertTrue(waits.contains("\"0a\"") && waits.contains("\"0b\""), waits);
    String down = radio.say("up 0 1 03", "down 0");
    assertTrue(down.contains("pending 1 port 7 data 0a"), down);
    down = radio.say("up 0 1 04", "down 0");
    assertTrue(down.contains("pending 0 port 7 data 0b"), down);

    radio.say("join 1", "joined 1");
    radio.say("up 1 1 01");
    awaitDevice(VALVE, "\"frameCounter\":0");
    int from = radio.lines().size();
    queue(VALVE, "0c");
    Await.until(
        LIMIT,
        () -> "nothing at once: " + radio.lines(),
        () ->
            radio.lines().stream()
                .skip(from)
                .anyMatch(l -> l.startsWith("down 1 atonce") && l.endsWith("data 0c")));

    radio.say("rate SF12BW125 9");
    queue(TANK, "00".repeat(60));
    radio.say("up 0 1 05");
    awaitDevice(TANK, "\"lastDownlink\":\"failed: 60 bytes are too long");
    radio.say("rate SF7BW125");
  }

  /** Scenarios 13 and 14; the replay after a kill -9 is LorawanTest's. */
  @Test
  @Order(4)
  void replaysGapsAndForgeriesMoveNoCounterAndARolloverIsNone() {
    radio.say("abp 2 260b1234 " + KEY + " " + KEY);
    for (int next : new int[] {0, 16_384, 32_768, 49_152, 65_535, 65_536}) {
      radio.say("counter 2 " + next);
      radio.say("up 2 1 aa");
      awaitDevice(OLD, "\"frameCounter\":" + next);
    }
    radio.say("counter 2 " + (65_536 + 16_385));
    counts("security.gap", () -> radio.say("up 2 1 bb"));
    radio.say("counter 2 65530"); // below the last, signed well
    counts("security.replay", () -> radio.say("up 2 1 cc"));
    radio.say("counter 2 65537");
    counts("security.mic", () -> radio.say("forge 2"));
    counts("frames.senseless", () -> radio.say("raw 4034120b2601000002000102030405"));
    awaitDevice(OLD, "\"frameCounter\":65536,");
    radio.say("up 2 1 dd");
    awaitDevice(OLD, "\"frameCounter\":65537,");
  }

  /** Scenario 16. */
  @Test
  @Order(5)
  void twoGatewaysMakeOneEventAndTheBetterOneAnswers() {
    radio.say("gateways 2");
    Await.until(
        LIMIT,
        () -> gateway.health().toString(),
        () -> figure("gateway.aa555a0000000201.quiet.ms") >= 0);
    double before = count("uplinks.accepted");
    int[] frames = {0};
    // on a machine that stands still for a moment 20 ms become more than the window, and 600 ms
    // less
    Await.until(
        LIMIT,
        () -> "the better one never answered: " + device(TANK),
        () -> {
          frames[0]++;
          queue(TANK, "0d");
          String by = radio.say("skewed 0 1 06 20", "by 0");
          awaitAccepted(before + frames[0]);
          return by.equals("by 0 1") && device(TANK).contains("\"gateways\":2");
        });
    double late = count("uplinks.late") + count("uplinks.repeated");
    Await.until(
        LIMIT,
        () -> "no copy was late",
        () -> {
          frames[0]++;
          queue(TANK, "0e");
          radio.say("skewed 0 1 07 600", "by 0");
          awaitAccepted(before + frames[0]);
          return count("uplinks.late") + count("uplinks.repeated") > late;
        });
    assertEquals(before + frames[0], count("uplinks.accepted"));
    radio.say("gateways 1");
  }

  private static void awaitAccepted(double frames) {
    Await.until(
        LIMIT, () -> gateway.health().toString(), () -> count("uplinks.accepted") >= frames);
  }

  /** Scenario 17, ADR. */
  @Test
  @Order(6)
  void twentyGoodFramesMakeADeviceFaster() {
    radio.say("rate SF12BW125 5");
    for (int i = 0; i < 20; i++) {
      radio.say("adr 0 1 08");
    }
    String told = radio.say("adr 0 1 09", "mac 0 03");
    assertEquals(
        "mac 0 0350ff0001", told); // 15 dB above what SF12 needs: five steps, DR5; eight channels
    radio.say("rate SF7BW125");
    radio.say("adr 0 1 0a");
  }

  /** Scenario 17, duty cycle: 36 s of an hour where RX1 is, 360 s where RX2 is, then nothing. */
  @Test
  @Order(7)
  void whenRx1HasHadItsHourRx2AnswersAndThenNobody() {
    String loud = "/api/v1/lorawan/loud";
    String queue = loud + "/devices/" + OLD + "/queue";
    String order = "{\"port\":7,\"data\":\"" + "0f".repeat(51) + "\"}";
    try (Radio other = new Radio(loudPort, KEY, OLD)) {
      other.say("abp 0 260b1234 " + KEY + " " + KEY);
      other.say("rate SF12BW125 9");
      Map<String, Integer> windows = new HashMap<>();
      for (int i = 0; i < 140; i++) { // 2.79 s each: twelve in RX1, 128 in RX2
        if (i % 15 == 0) {
          other.say("clock " + (i + 100) * 10_000_000L); // a forwarder's queue holds 32
        }
        assertEquals(200, gateway.send("POST", queue, order).statusCode());
        String down = other.say("up 0 1 ee", "down 0");
        windows.merge(down.substring(0, "down 0 rx1 0 ".length()), 1, Integer::sum);
      }
      assertEquals(Map.of("down 0 rx1 0 ", 12, "down 0 rx2 0 ", 128), windows);
      assertEquals(200, gateway.send("POST", queue, order).statusCode());
      other.say("up 0 1 ee");
      String told = loud + "/devices/" + OLD;
      Await.until(
          LIMIT,
          () -> gateway.get(told).body(),
          () -> gateway.get(told).body().contains("\"failed: the duty cycle is used up\""));
    }
    JsonArray bands =
        JsonParser.parseString(gateway.get(loud + "/gateways").body())
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("bands");
    for (int hertz : new int[] {868_100_000, 869_525_000}) {
      JsonObject band = band(bands, hertz);
      long left = band.get("limitMs").getAsLong() - band.get("airMs").getAsLong();
      assertTrue(left >= 0 && left < 2_794, hertz + " Hz: " + left + " ms left");
    }
  }

  private static JsonObject band(JsonArray bands, int hertz) {
    for (JsonElement each : bands) {
      JsonObject band = each.getAsJsonObject();
      if (band.get("fromHz").getAsInt() <= hertz && hertz < band.get("toHz").getAsInt()) {
        return band;
      }
    }
    throw new AssertionError("no band of " + hertz + " in " + bands);
  }

  /** Scenario 18. */
  @Test
  @Order(8)
  void hostileDatagramsHarmNobody() {
    Random random = new Random(18);
    int lines = gateway.log().size();
    for (int i = 0; i < 100; i++) {
      byte[] bytes = new byte[1 + random.nextInt(200)];
      random.nextBytes(bytes);
      if (i % 2 == 0 && bytes.length > 4) {
        bytes[0] = 2;
        bytes[3] = (byte) (i % 6);
      }
      radio.say("datagram " + HexFormat.of().formatHex(bytes));
    }
    String head = "02000000" + "aa555a00000002ff";
    radio.say("datagram " + head + hex("{\"rxpk\":" + "[".repeat(20_000)));
    radio.say("datagram " + head + hex("{\"rxpk\":[" + "{\"tmst\":1},".repeat(2_500) + "{}]}"));
    radio.say("join 0", "joined 0");
    String down = radio.say("confirmed 0 1 0b", "down 0");
    assertTrue(down.contains("ack 1"), down);
    assertTrue(gateway.log().size() < lines + 10, "the log is not quiet");
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}

package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What goes wrong in the field, from the air to MQTT. Without it a lost frame could end a thread, and a write that
 * reached nobody count as done. The steps use the same five plugs and a sensor.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class ZigbeeScenarios extends ZigbeeRig {

  private static final int PLUGS = 5;
  private static final int GROUP = 7;
  private static final Duration WRITE = Duration.ofSeconds(10);
  private static final String CODE = "83FED3407A939723A5C639B26916D505C3B5";

  ZigbeeScenarios(String protocol) {
    super(protocol);
  }

  private static String plug(int number) {
    return "00124b00010203" + "%02x".formatted(number);
  }

  @Override
  void seed(Seed seed) {
    seed.asset("room", "zb").asset("plug", "zb").graph(3_600_000, "room", "plug");
    listened(seed, "room", "temp", "DOUBLE", SENSOR, "0x0402", "0x0000", "0.01");
    seed.channel("plug", "on", "BOOLEAN", "device", "0x" + plug(1), "cluster", "6");
    seed.channel("plug", "all", "BOOLEAN", "device", "group:" + GROUP, "cluster", "6");
  }

  @BeforeAll
  void join() {
    awaitLink("online");
    stick.say("add temperature " + SENSOR);
    permit(254);
    stick.say("join " + SENSOR);
    for (int i = 1; i <= PLUGS; i++) {
      stick.say("add plug " + plug(i));
      stick.say("join " + plug(i));
    }
    Await.until(LIMIT, () -> list().toString(), () -> interviewed() == PLUGS + 1);
  }

  private String write(String channel, boolean on) {
    String body =
        "{\"channels\":[{\"name\":\"" + channel + "\",\"type\":\"BOOLEAN\",\"value\":" + on + "}]}";
    HttpResponse<String> answer = gateway.send("POST", "/services/assets/plug/_write", body);
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  private boolean isOn(int number) {
    return stick.say("get " + plug(number) + " 1 6 0").equals("1");
  }

  @Test
  @Order(1)
  void theNetworkIsShownOpenedAndClosedByRestAndWhoDidItIsAudited() {
    JsonObject device = device(SENSOR);
    assertEquals("TH01", device.get("model").getAsString());
    assertTrue(device.get("sleepy").getAsBoolean());
    assertTrue(device.get("linkQuality").getAsInt() > 0, device.toString());
    assertTrue(device.get("battery").getAsDouble() > 0, device.toString());
    assertFalse(device.get("lastSeen").isJsonNull(), device.toString());
    String offered = gateway.get("/api/v1/zigbee/zb/devices/0x" + SENSOR + "/channels").body();
    assertTrue(
        offered.contains("\"temperature\"") && offered.contains("\"cluster\":\"1026\""), offered);
    permit(0);
    assertEquals("refused", stick.say("add bulb 00124b00010203aa").isEmpty() ? joinBulb() : "");
    HttpResponse<String> tooLong =
        gateway.send("PUT", "/api/v1/zigbee/zb/permit-join", "{\"seconds\":255}");
    assertEquals(400, tooLong.statusCode(), tooLong.body());
    Await.until(
        LIMIT,
        () -> "who opened the network is not in the audit log",
        () ->
            gateway.log().stream().anyMatch(l -> l.contains("permit-join") && l.contains("admin")));
    permit(1); // closes by itself
    awaitPermit(false);
  }

  private String joinBulb() {
    return stick.say("join 00124b00010203aa");
  }

  private JsonObject device(String ieee) {
    return JsonParser.parseString(gateway.get("/api/v1/zigbee/zb/devices/0x" + ieee).body())
        .getAsJsonObject()
        .getAsJsonObject("device");
  }

  @Test
  @Order(2)
  void aGroupWriteReachesFiveOfFiveAndASilentDeviceFailsWithinTenSeconds() {
    for (int i = 1; i <= PLUGS; i++) {
      end(job("group", "\"device\":\"0x" + plug(i) + "\",\"group\":\"" + GROUP + "\""));
      assertFalse(isOn(i));
    }
    assertTrue(written(write("all", true)));
    for (int i = 1; i <= PLUGS; i++) {
      int number = i;
      Await.until(LIMIT, () -> plug(number) + " is off", () -> isOn(number));
    }
    stick.say("reach " + plug(1) + " off");
    long begun = System.nanoTime();
    String failed = write("on", false);
    long took = System.nanoTime() - begun;
    assertTrue(failed.contains("does not acknowledge") && !written(failed), failed);
    assertTrue(took < WRITE.toNanos(), "it took " + took / 1_000_000 + " ms");
    stick.say("reach " + plug(1) + " on");
  }

  @Test
  @Order(3)
  void aChangedAddressIsFollowedAndARemovedDeviceForgotten() throws IOException {
    String before = device(SENSOR).get("networkAddress").toString();
    stick.say("rejoin " + SENSOR);
    Await.until(
        LIMIT,
        () -> "the address is the old one",
        () -> !device(SENSOR).get("networkAddress").toString().equals(before));
    awaitMetric(report(1850), "room", "temp", 18.5);
    String gone = plug(PLUGS);
    HttpResponse<String> renamed =
        gateway.send("PATCH", "/api/v1/zigbee/zb/devices/0x" + gone, "{\"name\":\"lamp\"}");
    assertEquals(200, renamed.statusCode(), renamed.body());
    HttpResponse<String> removed = gateway.send("DELETE", "/api/v1/zigbee/zb/devices/lamp", "");
    assertEquals(200, removed.statusCode(), removed.body());
    assertEquals(404, gateway.get("/api/v1/zigbee/zb/devices/lamp").statusCode());
    Await.until(
        LIMIT,
        () -> "it is still in the file",
        () -> !text().contains(Long.toString(Long.parseLong(gone, 16))));
    Await.until(LIMIT, () -> "it did not leave", () -> stick.say("network").contains("joined=5"));
  }

  private String text() {
    try {
      return Files.readString(gateway.home().resolve("zigbee/zb.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Order(4)
  void theMapShowsWhoHearsWhom() {
    JsonObject done = end(job("map", ""));
    assertTrue(done.toString().contains(plug(1)), done.toString());
    String map = gateway.get("/api/v1/zigbee/zb/map").body();
    assertTrue(map.contains("0x" + plug(1)) && map.contains("linkQuality"), map);
  }

  @Test
  @Order(5)
  void aDeviceWithAnInstallCodeJoinsOnceItIsKnown() {
    String coded = "00124b0001020366";
    stick.say("add plug " + coded);
    stick.say("install-code " + coded + " " + CODE);
    permit(200);
    assertEquals("refused", stick.say("join " + coded));
    HttpResponse<String> wrong = code(coded, CODE.replace("83FE", "83FF"));
    assertEquals(400, wrong.statusCode(), wrong.body());
    HttpResponse<String> taken = code(coded, CODE);
    assertEquals(200, taken.statusCode(), taken.body());
    Await.until(
        LIMIT, () -> "it may not join", () -> !stick.say("join " + coded).equals("refused"));
    permit(0);
    assertTrue(gateway.log().stream().noneMatch(l -> l.contains(CODE)), "the code is logged");
  }

  private HttpResponse<String> code(String ieee, String code) {
    return gateway.send(
        "POST",
        "/api/v1/zigbee/zb/install-codes",
        "{\"ieee\":\"0x" + ieee + "\",\"code\":\"" + code + "\"}");
  }

  @Test
  @Order(6)
  void damagedDoubleAndLostFramesEndNoThread() {
    String threads = driverThreads();
    int value = 2000;
    for (String fault : List.of("corrupt 3", "truncate 3", "duplicate 3")) {
      stick.say(fault);
      for (int i = 0; i < 4; i++) { // three of them may be spoilt
        report(++value);
      }
      stick.say("well");
      awaitMetric(report(++value), "room", "temp", value / 100.0);
      assertTrue(written(write("on", true)), "after " + fault);
    }
    stick.say("loss 0.05");
    List<String> failed = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      long begun = System.nanoTime();
      String answer = write("on", i % 2 == 0);
      assertTrue(System.nanoTime() - begun < WRITE.toNanos(), "a write takes too long");
      if (!written(answer)) {
        failed.add(answer);
      }
    }
    stick.say("well");
    assertTrue(failed.size() < 20, failed::toString);
    assertTrue(written(write("on", true)));
    awaitMetric(report(2222), "room", "temp", 22.22);
    assertEquals("online", link());
    assertEquals(threads, driverThreads());
  }

  /** Those that are there as long as the driver is. */
  private String driverThreads() {
    return gateway
        .threads()
        .lines()
        .filter(l -> l.startsWith("\"driver/zigbee/zb") && !l.contains("/setup-"))
        .filter(l -> !l.contains("-ezsp"))
        .map(l -> l.substring(0, l.indexOf('"', 1)))
        .sorted()
        .toList()
        .toString();
  }
}

package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How soon a device is usable, and its value at the broker. Without it a device could take a minute to be known, or an
 * alarm device never be enrolled.
 */
abstract class ZigbeeTimes extends ZigbeeRig {

  private static final String BULB = "00124b0001020401";
  private static final String CONTACT = "00124b0001020402";
  private static final Duration USABLE = Duration.ofSeconds(10);
  private static final long AT_BROKER_MS = 500;
  private static final int REPORTS = 20;

  ZigbeeTimes(String protocol) {
    super(protocol);
  }

  @Override
  void seed(Seed seed) {
    seed.asset("room", "zb").asset("door", "zb").graph(3_600_000, "room", "door");
    listened(seed, "room", "temp", "DOUBLE", SENSOR, "0x0402", "0x0000", "0.01");
    listened(seed, "door", "status", "INTEGER", CONTACT, "0x0500", "0x0002", "1");
  }

  @Test
  void threeKindsAreUsableWithinTenSecondsAndValuesAtTheBrokerWithinHalfASecond() {
    awaitLink("online");
    permit(254);
    usable("bulb", BULB, "TRADFRI bulb E27 WW 806lm", "[0,3,4,6,8]");
    usable("temperature", SENSOR, "TH01", "[0,1,3,1026,1029]");
    usable("contact", CONTACT, "DoorSensor-EM", "[0,1,3,1280]");
    assertEquals(3, list().size(), "each device once: " + list());
    assertEquals("1", stick.say("get " + CONTACT + " 1 0x0500 0"), "the contact is not enrolled");
    int from = inbox.messages().size();
    stick.say("zone " + CONTACT + " 1 1");
    awaitMetric(from, "door", "status", 1);

    Await.until(LIMIT, this::reporting, () -> reporting().equals("[0, 600, 1]"));
    List<Long> took = new ArrayList<>();
    for (int i = 1; i <= REPORTS; i++) {
      took.add(tookToBroker(2150 + i));
    }
    took.sort(null);
    long median = took.get(REPORTS / 2);
    System.out.println(protocol + ": at the broker after " + took + " ms");
    assertTrue(median <= AT_BROKER_MS, "at the broker after " + took + " ms");
  }

  private String reporting() {
    return stick.say("reporting " + SENSOR + " 1 0x0402 0");
  }

  private void usable(String kind, String ieee, String model, String clusters) {
    stick.say("add " + kind + " " + ieee);
    long begun = System.nanoTime();
    stick.say("join " + ieee);
    Await.until(USABLE, () -> kind + ": " + list(), () -> isInterviewed(ieee));
    System.out.println(
        protocol
            + ": "
            + kind
            + " usable after "
            + (System.nanoTime() - begun) / 1_000_000
            + " ms");
    JsonObject all =
        JsonParser.parseString(gateway.get("/api/v1/zigbee/zb/devices/0x" + ieee).body())
            .getAsJsonObject();
    assertEquals(model, all.getAsJsonObject("device").get("model").getAsString());
    JsonArray endpoints = all.getAsJsonArray("endpoints");
    assertEquals(1, endpoints.size());
    assertEquals(1, endpoints.get(0).getAsJsonObject().get("id").getAsInt());
    assertEquals(clusters, endpoints.get(0).getAsJsonObject().get("inputs").toString());
  }

  private boolean isInterviewed(String ieee) {
    return list().asList().stream()
        .map(device -> device.getAsJsonObject())
        .anyMatch(
            device ->
                device.get("ieee").getAsString().endsWith(ieee)
                    && device.get("interviewed").getAsBoolean());
  }

  private long tookToBroker(int hundredths) {
    long begun = System.currentTimeMillis();
    int from = report(hundredths);
    awaitMetric(from, "room", "temp", hundredths / 100.0);
    for (Inbox.Message message : inbox.messages().subList(from, inbox.messages().size())) {
      Map<String, Object> metrics = Payloads.metrics(message.payload());
      if (Double.valueOf(hundredths / 100.0).equals(metrics.get("temp"))) {
        return message.receivedAt() - begun;
      }
    }
    throw new AssertionError("it arrived, but is not there");
  }
}

package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;

/**
 * From a stick's frame to an MQTT message and back, with a simulated network that an independent host stack has tried.
 * Without it the driver could agree with its own tests only. One class for each firmware.
 */
abstract class ZigbeeWalk extends ZigbeeRig {

  ZigbeeWalk(String protocol) {
    super(protocol);
  }

  @Override
  void seed(Seed seed) {
    seed.asset("room", "zb").asset("plug", "zb").graph(3_600_000, "room", "plug");
    listened(seed, "room", "temp", "DOUBLE", SENSOR, "0x0402", "0x0000", "0.01");
    listened(seed, "plug", "volt", "DOUBLE", PLUG, "0x0B04", "0x0505", "0.01");
    seed.channel("plug", "on", "BOOLEAN", "device", "0x" + PLUG, "cluster", "6");
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

    String done = write(true);
    assertTrue(written(done), done);
    assertEquals("1", stick.say("get " + PLUG + " 1 6 0"));
    stick.say("reach " + PLUG + " off");
    String failed = write(false);
    assertTrue(failed.contains("does not acknowledge") && !written(failed), failed);
    stick.say("reach " + PLUG + " on");
    done = write(false);
    assertTrue(written(done), done);
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
}

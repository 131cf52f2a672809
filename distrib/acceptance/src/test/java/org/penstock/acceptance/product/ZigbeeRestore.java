package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A stick breaks, a blank one takes its place. Without it every device would have to be joined anew. */
abstract class ZigbeeRestore extends ZigbeeRig {

  ZigbeeRestore(String protocol) {
    super(protocol);
  }

  @Override
  void seed(Seed seed) {
    seed.asset("room", "zb").graph(3_600_000, "room");
    listened(seed, "room", "temp", "DOUBLE", SENSOR, "0x0402", "0x0000", "0.01");
  }

  @Test
  void theBackupMakesABlankStickTheSameCoordinator() throws Exception {
    awaitLink("online");
    end(job("backup", ""));
    Path file = gateway.home().resolve("zigbee/zb.backup.json");
    assertTrue(Files.readString(file).contains("zigpy/open-coordinator-backup"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    String network = parameters();
    long counter = counter(stick);
    stick.say("unplug");
    try (ZigbeeStick blank = new ZigbeeStick(protocol)) {
      String port = "tcp://127.0.0.1:" + blank.port();
      String moved = "{\"properties\":{\"port\":{\"type\":\"STRING\",\"value\":\"" + port + "\"}}}";
      AtomicReference<HttpResponse<String>> answer = new AtomicReference<>();
      Await.until( // so early after the start its component may not be known yet
          LIMIT,
          () -> answer.get().body(),
          () -> {
            answer.set(gateway.send("PATCH", "/api/v1/configurations/zb", moved));
            return answer.get().statusCode() != 404;
          });
      assertEquals(204, answer.get().statusCode(), answer.get().body());
      Await.until(
          LIMIT,
          () -> blank.say("network"),
          () -> blank.say("network").replaceAll(" up=.*", "").equals(network));
      awaitLink("online");
      assertEquals(KEY, blank.say("key"));
      assertTrue(counter(blank) > counter, "devices would not hear it");
    }
  }

  private static long counter(ZigbeeStick of) {
    return Long.parseLong(of.say("network").replaceAll(".*counter=(\\d+).*", "$1"));
  }
}

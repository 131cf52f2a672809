package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Two hundred devices, then two hundred reports in a second. Without it a big network could lose what it tells. */
abstract class ZigbeeMany extends ZigbeeRig {

  private static final int DEVICES = 200;
  private static final int PER_SECOND = 200;
  private static final int SECONDS = 60;
  private static final int WARM_UP = 5;
  private static final long MOST_GROWTH = 2_000; // KB, 170 bytes for each report
  private static final Duration DISCOVERED = Duration.ofSeconds(120);

  ZigbeeMany(String protocol) {
    super(protocol);
  }

  private static String ieee(int number) {
    return "00124b00020%05x".formatted(number);
  }

  @Override
  void seed(Seed seed) {
    seed.asset("hall", "zb").graph(3_600_000, "hall");
    for (int i = 0; i < DEVICES; i++) {
      seed.channel("hall", "t" + i, "DOUBLE", "device", "0x" + ieee(i), "cluster", "0x0402");
      seed.component("hall", "org.eclipse.kura.wire.WireAsset", "t" + i + "#+listen", true);
    }
  }

  /** Reports for so many seconds, until all have arrived. */
  private void storm(int seconds) {
    ZigbeeArrivals arrivals = new ZigbeeArrivals(inbox, "hall");
    stick.say("storm " + PER_SECOND + " " + seconds + " 1 0x0402 0");
    Await.until(
        LIMIT.plusSeconds(seconds),
        () -> "arrived: " + arrivals.count() + " of " + PER_SECOND * seconds,
        () -> arrivals.count() == PER_SECOND * seconds);
  }

  @Test
  void twoHundredDevicesJoinAndNoneOfTwelveThousandReportsIsLost() {
    awaitLink("online");
    job("permit-join", "\"seconds\":\"254\"");
    awaitPermit(true);
    for (int i = 0; i < DEVICES; i++) {
      stick.say("add temperature " + ieee(i));
    }
    long begun = System.nanoTime();
    for (int i = 0; i < DEVICES; i++) {
      long due = begun + i * 100_000_000L;
      LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
      stick.say("join " + ieee(i));
    }
    Await.until(
        DISCOVERED.minusNanos(System.nanoTime() - begun),
        () -> "interviewed: " + interviewed(),
        () -> interviewed() == DEVICES);
    double discovered = (System.nanoTime() - begun) / 1e9;
    storm(WARM_UP); // what is made once for each channel and each code path is there now
    long heap = heap();
    ZigbeeArrivals arrivals = new ZigbeeArrivals(inbox, "hall");
    stick.say("storm " + PER_SECOND + " " + SECONDS + " 1 0x0402 0");
    Duration half = Duration.ofSeconds(SECONDS / 2);
    Await.until(
        LIMIT.plus(half),
        () -> "sent: " + stick.say("stormed"),
        () -> Integer.parseInt(stick.say("stormed")) >= PER_SECOND * SECONDS / 2);
    long asked = System.nanoTime();
    assertEquals(200, gateway.get("/api/v1/zigbee/zb/devices").statusCode());
    double listed = (System.nanoTime() - asked) / 1e9;
    Await.until(
        LIMIT.plusSeconds(SECONDS),
        () -> "arrived: " + arrivals.count() + " of " + PER_SECOND * SECONDS,
        () -> arrivals.count() == PER_SECOND * SECONDS);
    long after = heap();
    System.out.printf(
        "200 devices discovered in %.1f s; 12000 reports at 200/s arrived; list under load %.2f s;"
            + " heap %d KB -> %d KB%n",
        discovered, listed, heap, after);
    assertTrue(listed < 5, "the list took " + listed + " s");
    assertTrue(after < heap + MOST_GROWTH, "heap " + heap + " KB -> " + after + " KB");
  }
}

package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;

/** The asset's own polls. If deleted: one dead device could hold up others, or overload go unseen. */
class PollingTest {

  @TempDir File cache;
  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig(cache);
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  private static Props polled(String pid, long intervalMs) {
    return new Props()
        .set("kura.service.pid", pid)
        .set("driver.pid", "driver-" + pid)
        .set("timestamp.mode", "NO_TIMESTAMPS")
        .set("poll.interval.ms", intervalMs)
        .channel("level", "READ", "INTEGER");
  }

  private FakeDriver driver(String pid) {
    FakeDriver driver = new FakeDriver(true);
    driver.device.put("level", 42);
    rig.register("driver-" + pid, driver);
    return driver;
  }

  private Map<String, Object> figures(String pid) throws Exception {
    return health(pid).figures();
  }

  private HealthState health(String pid) throws Exception {
    for (var reference : rig.context.getServiceReferences(HealthSource.class, null)) {
      HealthSource source = rig.context.getService(reference);
      if (source.name().equals("field/asset/" + pid)) {
        return source.health();
      }
    }
    throw new AssertionError("no health of " + pid);
  }

  private long figure(String pid, String name) {
    try {
      return (Long) figures(pid).get(name);
    } catch (Exception problem) {
      throw new AssertionError(problem);
    }
  }

  private boolean overloaded(String pid) {
    try {
      return health(pid).reason().startsWith("overloaded: ");
    } catch (Exception problem) {
      throw new AssertionError(problem);
    }
  }

  private long begun(String pid) {
    return figure(pid, "polls.achieved") + figure(pid, "polls.failed");
  }

  /** If deleted: one device that never answers could stop the polls of all others. */
  @Test
  void deadDevicesHoldNobodyUp() throws Exception {
    List<WireAsset> assets = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      FakeDriver driver = driver("a" + i);
      if (i % 5 == 0) {
        driver.hold();
      }
      assets.add(rig.asset(polled("a" + i, 20)));
    }
    for (int i = 0; i < 20; i++) {
      String pid = "a" + i;
      if (i % 5 != 0) {
        Rig.await(() -> figure(pid, "polls.achieved") >= 10);
      } else {
        assertEquals(0, figure(pid, "polls.achieved"), "the dead device answered");
      }
    }
    assets.forEach(WireAsset::deactivate);
  }

  /** If deleted: polls of a slow device could pile up, or nobody could see that they are late. */
  @Test
  void overloadIsVisibleAndNothingIsQueued() throws Exception {
    FakeDriver driver = driver("slow");
    driver.hold();
    WireAsset asset = rig.asset(polled("slow", 10));
    assertTrue(driver.held.await(10, TimeUnit.SECONDS));
    long before = begun("slow"); // some failed if the driver came later than the first polls
    Rig.await(() -> figure("slow", "polls.missed") >= 8);
    Rig.await(() -> overloaded("slow"));
    HealthState shown = health("slow");
    assertEquals(HealthState.Level.DEGRADED, shown.level());
    assertTrue(shown.reason().contains("asked each 10 ms"), shown.reason());
    assertEquals(10L, figures("slow").get("poll.interval.ms"));
    asset.reconfigure(polled("slow", 3_600_000).map());
    Rig.await(() -> figure("slow", "poll.interval.ms") == 3_600_000);
    rig.strands.drain("field/asset/slow");
    driver.release();
    Rig.await(() -> figure("slow", "polls.achieved") >= 1);
    rig.strands.drain("field/asset/slow");
    Rig.await(() -> begun("slow") == figure("slow", "polls.ontime"));
    rig.strands.drain("field/asset/slow");
    assertEquals(figure("slow", "polls.achieved"), driver.reads.get(), "more reads than polls");
    assertEquals(1, begun("slow") - before, "only the one that ran may end");
    // each poll is in one count only: a missed one that came later would be in two
    long dropped = figure("slow", "polls.asked") - begun("slow") - figure("slow", "polls.missed");
    assertTrue(dropped == 0 || dropped == 1, dropped + " polls neither begun nor missed");
    assertEquals(HealthState.Level.OK, health("slow").level());
    asset.deactivate();
  }

  /** If deleted: a poll that only had to wait a moment would count as missed. */
  @Test
  void aPollThatBeginsBeforeTheNextIsDueIsOnTime() throws Exception {
    FakeDriver driver = driver("late");
    driver.hold();
    WireAsset asset = rig.asset(polled("late", 2_000));
    assertTrue(driver.held.await(10, TimeUnit.SECONDS));
    Rig.await(() -> figure("late", "polls.asked") == 2);
    driver.release(); // the second has been due for less than an interval
    Rig.await(() -> figure("late", "polls.achieved") >= 2);
    assertEquals(2, figure("late", "polls.ontime"));
    assertEquals(0, figure("late", "polls.missed"));
    asset.deactivate();
  }

  /** If deleted: ticks that the timer dropped would be missing in asked and in missed. */
  @Test
  void ticksThatTheTimerDroppedCountAsAskedAndMissed() {
    AssetHealth health = new AssetHealth("x");
    Punctuality punctuality = new Punctuality(health);
    punctuality.reset(java.time.Duration.ofMillis(100));
    punctuality.lost(0);
    punctuality.lost(3);
    punctuality.lost(3);
    assertEquals(3L, health.health().figures().get("polls.asked"));
    assertEquals(3L, health.health().figures().get("polls.missed"));
    assertEquals(HealthState.Level.OK, health.health().level(), "three of 32 are no overload");
    punctuality.lost(5);
    assertEquals(HealthState.Level.DEGRADED, health.health().level());
    for (int i = 0; i < 32; i++) {
      punctuality.onTime();
    }
    assertEquals(HealthState.Level.OK, health.health().level());
  }
}

package org.penstock.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.penstock.api.health.HealthState;

/**
 * What a change is held against. Without it an update that makes others late, or that uses many times what
 * the version before it used, would be kept as long as it stays under the absolute limits.
 */
class BeforeAndAfterTest {

  private static final long SECOND = 1_000_000_000L;
  private static final double MIB = 1 << 20;

  private final Map<String, HealthState> states = new TreeMap<>();
  private final Pace pace = new Pace(() -> states);
  private final LoadHistory load = new LoadHistory(new LoadWatch.Limits(80, 40 << 20, 4));

  private void polls(String name, long asked, long missed) {
    states.put(
        name,
        new HealthState(
            HealthState.Level.OK,
            "",
            Instant.EPOCH,
            Map.of("polls.asked", asked, "polls.missed", missed)));
  }

  @Test
  void anAssetThatMissesMoreThanBeforeIsNamedWithBothFigures() {
    polls("field/asset/pump", 0, 0);
    pace.look();
    polls("field/asset/pump", 100, 10);
    Pace.Mark before = pace.mark();
    polls("field/asset/pump", 200, 55);
    assertEquals(
        List.of("field/asset/pump misses 45 of 100 periods since the change, 10 % before"),
        pace.worse(before, name -> false));
    assertEquals(List.of(), pace.worse(before, name -> name.endsWith("/pump")), "its own driver's");
  }

  @Test
  void anAssetThatWasLateBeforeMayBeSoAfterwards() {
    polls("field/asset/pump", 0, 0);
    pace.look();
    polls("field/asset/pump", 100, 40);
    Pace.Mark before = pace.mark();
    polls("field/asset/pump", 200, 90);
    polls("field/asset/new", 10, 10);
    assertEquals(List.of(), pace.worse(before, name -> false));
  }

  @Test
  void someMissedPeriodsAreTheRewiringsAndNotTheBundles() {
    polls("field/asset/pump", 50, 0);
    Pace.Mark before = pace.mark();
    polls("field/asset/pump", 60, 5);
    assertEquals(List.of(), pace.worse(before, name -> false));
    polls("field/asset/pump", 60, 6);
    assertEquals(1, pace.worse(before, name -> false).size());
  }

  private void seconds(int from, int to, double cpu, double mib) {
    for (int at = from; at < to; at++) {
      load.add("driver", at * SECOND, cpu, mib * MIB);
    }
  }

  @Test
  void aBundleThatUsesManyTimesWhatItUsedIsNamedBelowTheLimitsToo() {
    seconds(0, 10, 5, 1);
    Map<String, LoadHistory.Mean> before = load.means();
    seconds(10, 12, 79, 39); // it starts
    seconds(12, 20, 60, 30);
    assertEquals(
        List.of(
            "driver uses 60 % of a core since the change, 5 % before",
            "driver allocates 30 MiB/s since the change, 1 before"),
        load.worse(before, 10 * SECOND - 1));
  }

  @Test
  void littleIsForgivenAndSoIsWhatWasMuchBefore() {
    seconds(0, 10, 1, 1);
    Map<String, LoadHistory.Mean> little = load.means();
    seconds(10, 20, 30, 15);
    assertTrue(load.worse(little, 10 * SECOND - 1).isEmpty(), "below half of the limits");
    Map<String, LoadHistory.Mean> much = load.means();
    seconds(20, 40, 60, 30);
    assertTrue(load.worse(much, 20 * SECOND - 1).isEmpty(), "not several times as much");
    assertTrue(load.worse(Map.of(), 20 * SECOND - 1).isEmpty(), "nothing to compare with");
  }
}

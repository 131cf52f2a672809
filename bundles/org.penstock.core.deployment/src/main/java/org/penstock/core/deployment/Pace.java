package org.penstock.core.deployment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.penstock.api.health.HealthState;

/**
 * How well assets keep their periods: what they missed since a change, held against what they missed in
 * the half minute before it. Any thread may call.
 */
final class Pace {

  /**
   * What an asset has counted.
   *
   * @param asked periods that were due
   * @param missed of them
   */
  record Polls(long asked, long missed) {

    Polls since(Polls earlier) {
      return new Polls(asked - earlier.asked, missed - earlier.missed);
    }

    double share() {
      return asked <= 0 ? 0 : (double) missed / asked;
    }
  }

  /** The counts at one moment by name, and the share that was missed before it. */
  record Mark(Map<String, Polls> counts, Map<String, Double> shares) {}

  private static final String ASKED = "polls.asked";
  private static final String MISSED = "polls.missed";
  private static final int KEPT = 30;

  /** So many may be missed without a reason: bundles are rewired meanwhile. */
  private static final int SPARED = 5;

  private static final double SPARED_SHARE = 0.2;

  private final Supplier<Map<String, HealthState>> states;
  private final Deque<Map<String, Polls>> looks = new ArrayDeque<>();

  Pace(Supplier<Map<String, HealthState>> states) {
    this.states = states;
  }

  /** Called each second. */
  void look() {
    Map<String, Polls> now = counts();
    synchronized (looks) {
      if (looks.size() == KEPT) {
        looks.poll();
      }
      looks.add(now);
    }
  }

  Mark mark() {
    Map<String, Polls> now = counts();
    Map<String, Double> shares = new TreeMap<>();
    synchronized (looks) {
      Map<String, Polls> first = looks.isEmpty() ? Map.of() : looks.peek();
      now.forEach(
          (name, polls) ->
              shares.put(
                  name, first.containsKey(name) ? polls.since(first.get(name)).share() : 0.0));
    }
    return new Mark(now, shares);
  }

  /**
   * Who misses more than before, in words.
   *
   * @param mayMiss names of those that stand still for the change itself
   */
  List<String> worse(Mark before, Predicate<String> mayMiss) {
    List<String> worse = new ArrayList<>();
    counts()
        .forEach(
            (name, polls) -> {
              Polls then = before.counts().get(name);
              Polls since = then == null ? new Polls(0, 0) : polls.since(then);
              double share = before.shares().getOrDefault(name, 0.0);
              double spared = Math.max(SPARED, SPARED_SHARE * since.asked());
              if (!mayMiss.test(name) && since.missed() > 2 * share * since.asked() + spared) {
                worse.add(
                    "%s misses %d of %d periods since the change, %.0f %% before"
                        .formatted(name, since.missed(), since.asked(), 100 * share));
              }
            });
    return worse;
  }

  private Map<String, Polls> counts() {
    Map<String, Polls> counts = new TreeMap<>();
    states
        .get()
        .forEach(
            (name, state) -> {
              if (state.figures().get(MISSED) instanceof Number missed
                  && state.figures().get(ASKED) instanceof Number asked) {
                counts.put(name, new Polls(asked.longValue(), missed.longValue()));
              }
            });
    return counts;
  }
}

package org.penstock.core.deployment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What deployed bundles used each second of the last half minute, so that a change can be held against
 * the time before it. Any thread may call.
 */
final class LoadHistory {

  /**
   * Mean over some looks.
   *
   * @param cpuPercent of one core
   * @param bytesPerSecond allocated
   * @param looks that it is the mean of
   */
  record Mean(double cpuPercent, double bytesPerSecond, int looks) {}

  private record Look(long at, double cpuPercent, double bytesPerSecond) {}

  private static final int KEPT = 30;

  /** A start takes its time: the first looks after a change do not count. */
  private static final long STARTING_NANOS = 2_000_000_000L;

  private static final int LEAST = 3;
  private static final int TIMES = 4;

  private final LoadWatch.Limits limits;
  private final Map<String, Deque<Look>> looks = new HashMap<>();

  LoadHistory(LoadWatch.Limits limits) {
    this.limits = limits;
  }

  synchronized void add(String symbolicName, long at, double cpuPercent, double bytesPerSecond) {
    Deque<Look> of = looks.computeIfAbsent(symbolicName, name -> new ArrayDeque<>());
    if (of.size() == KEPT) {
      of.poll();
    }
    of.add(new Look(at, cpuPercent, bytesPerSecond));
  }

  synchronized void keepOnly(Collection<String> symbolicNames) {
    looks.keySet().retainAll(symbolicNames);
  }

  /** The means of all bundles until now. */
  synchronized Map<String, Mean> means() {
    Map<String, Mean> means = new HashMap<>();
    looks.forEach((name, of) -> means.put(name, mean(of, Long.MIN_VALUE)));
    return means;
  }

  /**
   * Which bundles use much more than before: several times as much, and more than half of what is
   * forbidden at any time.
   *
   * @param before their means then; who was not there is held against the limits alone
   * @param since the change, in nanoseconds
   */
  synchronized List<String> worse(Map<String, Mean> before, long since) {
    List<String> worse = new ArrayList<>();
    looks.forEach(
        (name, of) -> {
          Mean then = before.get(name);
          Mean now = mean(of, since + STARTING_NANOS);
          if (then != null && then.looks() >= LEAST && now.looks() >= LEAST) {
            worse.addAll(worse(name, then, now));
          }
        });
    return worse;
  }

  private List<String> worse(String name, Mean then, Mean now) {
    List<String> worse = new ArrayList<>();
    if (now.cpuPercent() > limits.cpuPercent() / 2.0
        && now.cpuPercent() > TIMES * then.cpuPercent()) {
      worse.add(
          String.format(
              Locale.ROOT,
              "%s uses %.0f %% of a core since the change, %.0f %% before",
              name,
              now.cpuPercent(),
              then.cpuPercent()));
    }
    if (now.bytesPerSecond() > limits.bytesPerSecond() / 2.0
        && now.bytesPerSecond() > TIMES * then.bytesPerSecond()) {
      worse.add(
          String.format(
              Locale.ROOT,
              "%s allocates %.0f MiB/s since the change, %.0f before",
              name,
              now.bytesPerSecond() / (1 << 20),
              then.bytesPerSecond() / (1 << 20)));
    }
    return worse;
  }

  private static Mean mean(Deque<Look> of, long after) {
    List<Look> counted =
        of.stream().filter(look -> after == Long.MIN_VALUE || look.at() - after > 0).toList();
    return new Mean(
        counted.stream().mapToDouble(Look::cpuPercent).average().orElse(0),
        counted.stream().mapToDouble(Look::bytesPerSecond).average().orElse(0),
        counted.size());
  }
}

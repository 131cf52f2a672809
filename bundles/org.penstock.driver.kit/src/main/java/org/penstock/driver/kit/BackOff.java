package org.penstock.driver.kit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubling from the first delay up to the longest, each time
 * shortened by up to a quarter at random, so that many links do not knock at the same moment.
 *
 * @param first delay after the first failure, more than zero
 * @param longest upper bound
 */
public record BackOff(Duration first, Duration longest) {

  /** For devices on the local network: 250 ms up to 10 s. */
  public static final BackOff LOCAL = new BackOff(Duration.ofMillis(250), Duration.ofSeconds(10));

  public BackOff {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("back-off from " + first + " to " + longest);
    }
  }

  /**
   * The delay before the next try.
   *
   * @param failures failures in a row, 1 or more
   */
  public Duration delay(int failures, RandomGenerator random) {
    int doublings = Math.min(Math.max(failures, 1) - 1, 30);
    long full = Math.min(longest.toMillis(), first.toMillis() << doublings);
    if (full <= 0) {
      full = longest.toMillis();
    }
    return Duration.ofMillis(full - random.nextLong(full / 4 + 1));
  }
}

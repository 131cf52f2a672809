package org.penstock.cloud.data;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What gives way when the outbox is full, by priority.
 *
 * @param policies by the first priority that each is for
 */
record Eviction(NavigableMap<Integer, Policy> policies) {

  /** Which message gives way. */
  enum Policy {
    /** The oldest. */
    OLDEST,
    /** The newest: what arrives is refused. */
    NEWEST,
    /** Every second one in turn. */
    THIN_OUT
  }

  /**
   * Reads {@code oldest}, or {@code 0:oldest, 5:thin-out, 8:newest} where each holds from its priority
   * on.
   *
   * @throws IllegalArgumentException says what is allowed
   */
  static Eviction parse(String text) {
    NavigableMap<Integer, Policy> policies = new TreeMap<>();
    policies.put(0, Policy.OLDEST);
    for (String part : text.split(",")) {
      String[] pair = part.strip().split(":");
      try {
        int from = pair.length == 2 ? Integer.parseInt(pair[0].strip()) : 0;
        String name = pair[pair.length - 1].strip().toUpperCase(java.util.Locale.ROOT);
        policies.put(from, Policy.valueOf(name.replace('-', '_')));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "store.eviction must be oldest, newest or thin-out, or a list such as"
                + " 0:oldest,5:thin-out; given: "
                + text,
            e);
      }
    }
    return new Eviction(policies);
  }

  Policy of(int priority) {
    return policies.floorEntry(Math.max(0, priority)).getValue();
  }
}

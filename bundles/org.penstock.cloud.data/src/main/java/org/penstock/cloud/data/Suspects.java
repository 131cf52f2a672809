package org.penstock.cloud.data;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.penstock.cloud.data.Pump.Flying;

/**
 * Finds the message that ends each connection. A broker of MQTT 3.1.1 has no words for a message that it
 * does not take, it hangs up: sent again with each new connection, the message would hold up all behind it
 * for ever. One with which so many connections were lost rests, and is tried again after some time, so
 * nothing is lost if it was the network after all. Others to the same topic, or at least as large and
 * larger than what the broker has ever taken, are under suspicion, too. On the pump's strand.
 */
final class Suspects {

  /** After so many connections lost in a row behind the same message it is sent alone. */
  static final int LOSSES = 3;

  /** After so many it rests. */
  static final int MOST = 5;

  /** When so many rest, others like them rest without being tried. */
  static final int SURE = 3;

  static final Duration FIRST_REST = Duration.ofMinutes(10);
  static final Duration LONGEST_REST = Duration.ofDays(1);

  /** A message that rests, or did. */
  private record Rest(Flying message, long until, Duration length) {}

  private final LongSupplier nanos;
  private final Map<Integer, Rest> rests = new HashMap<>();
  private int suspect; // sent first over the connection that was lost last, and not confirmed
  private int losses;
  private int largest; // bytes of the largest message that was confirmed

  Suspects(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * The connection was lost.
   *
   * @param unconfirmed what was in flight
   * @return messages that begin to rest, at most one
   */
  List<Flying> lost(Collection<Flying> unconfirmed) {
    Flying first = unconfirmed.stream().min(Comparator.comparingLong(Flying::sentAt)).orElse(null);
    if (first == null) {
      return List.of();
    }
    losses = first.id() == suspect ? losses + 1 : 1;
    suspect = first.id();
    if (unconfirmed.size() > 1 || losses < needed(first)) {
      return List.of();
    }
    Rest before = rests.get(suspect);
    Duration length =
        before == null ? FIRST_REST : min(before.length().multipliedBy(2), LONGEST_REST);
    rests.put(suspect, new Rest(first, nanos.getAsLong() + length.toNanos(), length));
    losses = 0;
    return List.of(first);
  }

  private int needed(Flying message) {
    return rests.containsKey(message.id()) || !alike(message).isEmpty() ? 1 : MOST;
  }

  private List<Rest> alike(Flying message) {
    return rests.values().stream()
        .filter(rest -> rest.until() - nanos.getAsLong() > 0)
        .filter(rest -> isAlike(rest.message(), message))
        .toList();
  }

  private boolean isAlike(Flying resting, Flying message) {
    return resting.topic().equals(message.topic())
        || resting.bytes() <= message.bytes() && resting.bytes() > largest;
  }

  /** Whether the message, not yet sent, rests with enough others that are like it. */
  boolean restsAtOnce(Flying message) {
    if (rests.isEmpty()) {
      return false;
    }
    List<Rest> alike = alike(message);
    if (alike.size() < SURE) {
      return false;
    }
    rests.put(message.id(), new Rest(message, alike.get(0).until(), FIRST_REST));
    return true;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  void confirmed(Flying message) {
    largest = Math.max(largest, message.bytes());
    rests.remove(message.id());
    if (message.id() == suspect) {
      losses = 0;
    }
  }

  /** The next message is to be alone in flight. */
  boolean alone() {
    return losses >= LOSSES || losses > 0 && !rests.isEmpty();
  }

  /** Messages that are not to be sent now. */
  Set<Integer> resting() {
    Set<Integer> all = new HashSet<>();
    rests.forEach(
        (id, rest) -> {
          if (rest.until() - nanos.getAsLong() > 0) {
            all.add(id);
          }
        });
    return all;
  }

  /** Messages that have rested long enough. */
  List<Integer> rested() {
    Set<Integer> still = resting();
    return rests.keySet().stream().filter(id -> !still.contains(id)).toList();
  }

  /** How long the message rests. */
  Duration length(int id) {
    return rests.get(id).length();
  }

  /** What is in flight is given up. */
  void clear() {
    rests.clear();
    losses = 0;
  }
}

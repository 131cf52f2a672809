package org.penstock.flow.rules.language;

import java.util.List;
import java.util.function.Supplier;

/** An argument of a function that remembers: evaluated aside, so that its fault stays its own. */
final class Watched {

  private final Run run;
  private final Code code;
  private final List<Slot> slots;
  private Supplier<String> fault;
  private long fingerprint = -1;

  Watched(Run run, Code code, List<Slot> slots) {
    this.run = run;
    this.code = code;
    this.slots = List.copyOf(slots);
  }

  /** Nothing ever comes: it depends on no channel. */
  boolean isConstant() {
    return slots.isEmpty();
  }

  /** It depends on that channel and no other. */
  boolean isOnly(Slot slot) {
    return slots.stream().allMatch(slot::equals) && !slots.isEmpty();
  }

  Supplier<String> fault() {
    return fault;
  }

  boolean truth() {
    Supplier<String> before = run.fault();
    run.restore(null);
    boolean value = code.truth().getAsBoolean();
    fault = run.fault();
    run.restore(before);
    return value;
  }

  /** As a number; truth values count as 1 and 0. */
  double real() {
    if (code.type() == Type.TRUTH) {
      return truth() ? 1 : 0;
    }
    Supplier<String> before = run.fault();
    run.restore(null);
    double value = code.real().getAsDouble();
    fault = run.fault();
    run.restore(before);
    return value;
  }

  /** A datum has come since the last call. */
  boolean isNew() {
    long now = 0;
    for (Slot slot : slots) {
      now += slot.version();
    }
    boolean other = now != fingerprint;
    fingerprint = now;
    return other;
  }

  /** The time of the newest datum. */
  long time() {
    long newest = Long.MIN_VALUE;
    for (Slot slot : slots) {
      newest = Math.max(newest, slot.at());
    }
    return newest;
  }
}

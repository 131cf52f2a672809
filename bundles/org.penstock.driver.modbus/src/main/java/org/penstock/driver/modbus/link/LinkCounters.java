package org.penstock.driver.modbus.link;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What happened on a link. Counted by its thread, read by any. */
final class LinkCounters {

  private final LongAdder connects = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder timedOut = new LongAdder();
  private final LongAdder stray = new LongAdder();
  private final LongAdder damaged = new LongAdder();

  void connected() {
    connects.increment();
  }

  void sent() {
    sent.increment();
  }

  void answered() {
    answered.increment();
  }

  void repeated() {
    repeated.increment();
  }

  void timedOut() {
    timedOut.increment();
  }

  void stray() {
    stray.increment();
  }

  void damaged() {
    damaged.increment();
  }

  /** With how many requests may be outstanding. */
  Map<String, Object> figures(int window) {
    return Map.of(
        "requests.window", window,
        "link.connects", connects.sum(),
        "link.frames.sent", sent.sum(),
        "link.frames.answered", answered.sum(),
        "link.frames.repeated", repeated.sum(),
        "link.frames.timeout", timedOut.sum(),
        "link.frames.stray", stray.sum(),
        "link.frames.damaged", damaged.sum());
  }
}

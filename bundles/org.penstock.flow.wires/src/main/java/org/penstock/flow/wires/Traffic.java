package org.penstock.flow.wires;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** What went over one wire, and how its receiver took it. Any thread may call. */
final class Traffic {

  /** A receiver that needs longer for one envelope is marked. */
  static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongAdder delivered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final AtomicLong longest = new AtomicLong();
  private final AtomicReference<String> trouble = new AtomicReference<>("");

  /**
   * Notes a delivery.
   *
   * @param own time in the receiver itself, without what it passed on meanwhile
   * @return true when it was well and is not, or the other way round
   */
  boolean delivered(long own) {
    delivered.increment();
    nanos.add(own);
    if (own > longest.get()) {
      longest.accumulateAndGet(own, Math::max);
    }
    if (own <= SLOW_NANOS) {
      return !trouble.get().isEmpty() && !trouble.getAndSet("").isEmpty();
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(own);
    return trouble.getAndSet("took " + millis + " ms for one envelope").isEmpty();
  }

  /**
   * Notes a delivery that ended with an error.
   *
   * @return true when the one before went well
   */
  boolean failed(Throwable cause) {
    failed.increment();
    return trouble.getAndSet("fails: " + cause).isEmpty();
  }

  long deliveries() {
    return delivered.sum();
  }

  long failures() {
    return failed.sum();
  }

  /** Time that the receiver spent on all envelopes together. */
  long totalNanos() {
    return nanos.sum();
  }

  /** Time that the receiver spent on the worst envelope. */
  long longestNanos() {
    return longest.get();
  }

  /** What is wrong with the receiver now; empty when nothing is. */
  String trouble() {
    return trouble.get();
  }
}

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
  private final LongAdder sent = new LongAdder();
  private final AtomicLong at = new AtomicLong();
  private final AtomicReference<String> error = new AtomicReference<>("");
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
    error.set(String.valueOf(cause));
    return trouble.getAndSet("fails: " + cause).isEmpty();
  }

  /** Notes that a delivery takes too long and still goes on. */
  boolean blocks(long own) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(own);
    return trouble.getAndSet("blocks for more than " + seconds + " s").isEmpty();
  }

  /** Notes that something was sent. */
  void sent() {
    sent.increment();
    at.set(System.currentTimeMillis());
  }

  /** Sent over the wire, whether taken or not. */
  long sendings() {
    return sent.sum();
  }

  /** When something was sent last, in milliseconds since 1970; 0 for never. */
  long lastAt() {
    return at.get();
  }

  /** The last error ever; empty for none. */
  String lastError() {
    return error.get();
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

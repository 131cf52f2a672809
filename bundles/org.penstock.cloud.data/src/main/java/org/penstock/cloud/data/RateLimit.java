package org.penstock.cloud.data;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A token bucket. One thread at a time. */
final class RateLimit {

  private final double capacity;
  private final double perNano;
  private final LongSupplier nanos;
  private double tokens;
  private long last;

  /**
   * A full bucket.
   *
   * @param burst most tokens
   * @param average tokens per unit
   */
  RateLimit(int burst, int average, Duration unit, LongSupplier nanos) {
    this.capacity = burst;
    this.perNano = (double) average / unit.toNanos();
    this.nanos = nanos;
    this.tokens = burst;
    this.last = nanos.getAsLong();
  }

  /** Takes a token; gives how long to wait for one when there is none. */
  Duration take() {
    long now = nanos.getAsLong();
    tokens = Math.min(capacity, tokens + (now - last) * perNano);
    last = now;
    if (tokens >= 1) {
      tokens--;
      return Duration.ZERO;
    }
    return Duration.ofNanos((long) Math.ceil((1 - tokens) / perNano));
  }
}

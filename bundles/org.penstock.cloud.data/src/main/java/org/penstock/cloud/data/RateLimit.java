package org.penstock.cloud.data;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
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

  /** As configured, full; null when there is no limit. */
  static RateLimit of(DataServiceConfig config) {
    if (!config.enable_rate_limit()) {
      return null;
    }
    Duration unit = Duration.of(1, TimeUnit.valueOf(config.rate_limit_time_unit()).toChronoUnit());
    return new RateLimit(
        config.rate_limit_burst_size(), config.rate_limit_average(), unit, System::nanoTime);
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

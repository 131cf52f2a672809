package org.penstock.driver.kit;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.penstock.api.driver.ErrorKind;

/**
 * Counts what a driver was asked and what came of it. Any thread may call; counting takes no lock.
 * Round trips fall into buckets of 1, 2, 5, 10, ... ms.
 */
public final class DriverStatistics {

  private static final long[] BOUNDS_MS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000};

  private final LongAdder asked = new LongAdder();
  private final LongAdder achieved = new LongAdder();
  private final Map<ErrorKind, LongAdder> errors = new EnumMap<>(ErrorKind.class);
  private final LongAdder[] roundTrips = new LongAdder[BOUNDS_MS.length + 1];

  /** All counters at zero. */
  public DriverStatistics() {
    for (ErrorKind kind : ErrorKind.values()) {
      errors.put(kind, new LongAdder());
    }
    for (int i = 0; i < roundTrips.length; i++) {
      roundTrips[i] = new LongAdder();
    }
  }

  /** A request is about to be sent. */
  public void asked() {
    asked.increment();
  }

  /** The device answered as hoped. */
  public void achieved(Duration roundTrip) {
    achieved.increment();
    long micros = roundTrip.toNanos() / 1_000;
    int bucket = 0;
    while (bucket < BOUNDS_MS.length && micros > BOUNDS_MS[bucket] * 1_000) {
      bucket++;
    }
    roundTrips[bucket].increment();
  }

  /** The request failed. */
  public void failed(ErrorKind kind) {
    errors.get(kind).increment();
  }

  /**
   * The upper bound in milliseconds of the bucket in which the quantile lies; 0 before the first
   * answer, {@code Long.MAX_VALUE} beyond the largest bound.
   *
   * @param quantile more than 0, up to 1; 0.5 is the median
   */
  public long roundTripMillis(double quantile) {
    long total = achieved.sum();
    if (total == 0) {
      return 0;
    }
    long rank = (long) Math.ceil(quantile * total);
    long seen = 0;
    for (int i = 0; i < BOUNDS_MS.length; i++) {
      seen += roundTrips[i].sum();
      if (seen >= rank) {
        return BOUNDS_MS[i];
      }
    }
    return Long.MAX_VALUE;
  }

  /** All counters by dotted name, for the health page. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new TreeMap<>();
    figures.put("requests.asked", asked.sum());
    figures.put("requests.achieved", achieved.sum());
    errors.forEach(
        (kind, count) ->
            figures.put("errors." + kind.name().toLowerCase(Locale.ROOT), count.sum()));
    for (int i = 0; i < BOUNDS_MS.length; i++) {
      figures.put("roundtrip.le." + BOUNDS_MS[i] + ".ms", roundTrips[i].sum());
    }
    figures.put("roundtrip.above.ms", roundTrips[BOUNDS_MS.length].sum());
    figures.put("roundtrip.median.ms", roundTripMillis(0.5));
    figures.put("roundtrip.p99.ms", roundTripMillis(0.99));
    return figures;
  }
}

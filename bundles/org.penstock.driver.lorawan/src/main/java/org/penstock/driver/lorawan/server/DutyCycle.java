package org.penstock.driver.lorawan.server;

import java.util.HashMap;
import java.util.Map;
import org.penstock.driver.lorawan.region.Region.Band;

/** How much of the last hour one gateway has sent, by band. One thread calls. */
final class DutyCycle {

  private static final int MINUTES = 60;
  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final double HOUR_MICROS = 3_600e6;

  private final Map<Band, long[]> sent = new HashMap<>();
  private final Map<Band, Long> minutes = new HashMap<>();

  /** There is room for a frame of so many microseconds. */
  boolean allows(Band band, long micros, long nanos) {
    return band.duty() >= 1 || used(band, nanos) + micros <= band.duty() * HOUR_MICROS;
  }

  /** Microseconds in the last 59 to 60 minutes. */
  long used(Band band, long nanos) {
    long sum = 0;
    for (long each : buckets(band, nanos)) {
      sum += each;
    }
    return sum;
  }

  /** Counts a frame that is sent. */
  void add(Band band, long micros, long nanos) {
    buckets(band, nanos)[(int) Math.floorMod(Math.floorDiv(nanos, MINUTE_NANOS), MINUTES)] +=
        micros;
  }

  private long[] buckets(Band band, long nanos) {
    long minute = Math.floorDiv(nanos, MINUTE_NANOS);
    long[] buckets = sent.computeIfAbsent(band, b -> new long[MINUTES]);
    long last = minutes.getOrDefault(band, minute);
    for (long m = Math.max(last + 1, minute - MINUTES + 1); m <= minute; m++) {
      buckets[(int) Math.floorMod(m, MINUTES)] = 0;
    }
    minutes.put(band, minute);
    return buckets;
  }
}

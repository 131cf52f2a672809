package org.penstock.driver.lorawan.server;

import java.util.HashMap;
import java.util.Map;
import org.penstock.driver.lorawan.region.Region.Band;

/** How much of the last hour one gateway has sent, by band. Any thread may call; reading changes nothing. */
final class DutyCycle {

  private static final int MINUTES = 60;
  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final double HOUR_MICROS = 3_600e6;

  /** A ring of minutes: which one each place stands for, and what was sent in it. */
  private record Ring(long[] minutes, long[] micros) {

    Ring() {
      this(new long[MINUTES], new long[MINUTES]);
    }

    long within(long minute) {
      long sum = 0;
      for (int i = 0; i < MINUTES; i++) {
        sum += minutes[i] > minute - MINUTES ? micros[i] : 0;
      }
      return sum;
    }

    void add(long minute, long more) {
      int place = Math.floorMod(minute, MINUTES);
      if (minutes[place] != minute) {
        minutes[place] = minute;
        micros[place] = 0;
      }
      micros[place] += more;
    }
  }

  private final Map<Band, Ring> sent = new HashMap<>();

  /** There is room for a frame of so many microseconds. */
  boolean allows(Band band, long micros, long nanos) {
    return band.duty() >= 1 || used(band, nanos) + micros <= band.duty() * HOUR_MICROS;
  }

  /** Microseconds in the last 59 to 60 minutes. */
  synchronized long used(Band band, long nanos) {
    Ring ring = sent.get(band);
    return ring == null ? 0 : ring.within(Math.floorDiv(nanos, MINUTE_NANOS));
  }

  /** Counts a frame that is sent. */
  synchronized void add(Band band, long micros, long nanos) {
    sent.computeIfAbsent(band, b -> new Ring()).add(Math.floorDiv(nanos, MINUTE_NANOS), micros);
  }
}

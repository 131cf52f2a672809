package org.penstock.field.asset;

import java.time.Duration;

/**
 * Whether the asset's own polls begin before the next one is due, and what to say when too many do
 * not. Used on the asset's strand only.
 */
final class Punctuality {

  private static final int WATCHED = 32;
  private static final int TOO_MANY = 4;

  private final AssetHealth health;
  private Duration interval = Duration.ZERO;
  private long lost;
  private int recent;

  Punctuality(AssetHealth health) {
    this.health = health;
  }

  /** Other polls are asked for from now on; zero for none. */
  void reset(Duration every) {
    interval = every;
    lost = 0;
    recent = 0;
    health.polls(every);
    health.overloaded("");
  }

  /** The timer has dropped so many ticks since it began, because the strand was busy. */
  void lost(long soFar) {
    long more = soFar - lost;
    lost = soFar;
    if (more > 0) {
      health.pollsAsked(more);
      missed(more);
    }
  }

  /** A poll began before the next one was due. */
  void onTime() {
    health.pollOnTime();
    recent <<= 1;
    if (recent == 0) {
      health.overloaded("");
    }
  }

  /** Polls had not begun when the next one was due. */
  void missed(long count) {
    health.pollMissed(count);
    for (long i = 0; i < Math.min(count, WATCHED); i++) {
      recent = recent << 1 | 1;
    }
    int missing = Integer.bitCount(recent);
    if (missing >= TOO_MANY) {
      health.overloaded(
          "overloaded: %d of the last %d polls had not begun when the next was due, asked each %d ms;"
                  .formatted(missing, WATCHED, interval.toMillis())
              + " lengthen poll.interval.ms, or give the channels to several assets");
    }
  }

  /** A read ended. */
  void took(Duration time) {
    health.readTook(time);
  }
}

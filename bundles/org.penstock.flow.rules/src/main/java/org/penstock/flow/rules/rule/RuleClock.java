package org.penstock.flow.rules.rule;

import java.time.Instant;

/**
 * A rule's time: it goes on by what has elapsed, never by what the wall clock says. When that clock is
 * set, forwards or back, this one says by how much, so that all that is remembered moves with it and
 * delays stay as long as they are. One thread at a time.
 */
final class RuleClock {

  private static final long NANOS = 1_000_000;
  private static final long TOLERANCE = 50;
  private static final long GREAT = 1_000;
  private static final long REMEMBERED = 60_000;

  /** Where time comes from. Any thread may call. */
  interface Source {

    /** The machine's. */
    Source SYSTEM =
        new Source() {
          @Override
          public long wall() {
            return System.currentTimeMillis();
          }

          @Override
          public long nanos() {
            return System.nanoTime();
          }
        };

    /** Milliseconds since 1970, as the wall clock has them. */
    long wall();

    /** Nanoseconds since whenever; nobody sets them. */
    long nanos();

    /** The same in milliseconds. */
    default long elapsed() {
      return Math.floorDiv(nanos(), NANOS);
    }
  }

  private final Source source;
  private long ahead;
  private long jump;
  private long jumpedAt;

  RuleClock(Source source) {
    this.source = source;
    this.ahead = source.wall() - source.elapsed();
  }

  /** Milliseconds since 1970, by the wall clock as it was at the last {@link #follow}. */
  long now() {
    return source.elapsed() + ahead;
  }

  /** By how many milliseconds the wall clock was set since the last call; {@link #now} has followed. */
  long follow() {
    long set = source.wall() - now();
    if (Math.abs(set) <= TOLERANCE) {
      return 0;
    }
    ahead += set;
    if (Math.abs(set) >= GREAT) {
      jump = set;
      jumpedAt = source.elapsed();
    }
    return set;
  }

  /**
   * When something happened that bears this stamp; not in the future. What was on its way while the
   * clock was set bears the time of before.
   */
  long of(Instant stamp) {
    long now = now();
    long at = stamp.toEpochMilli();
    long moved = at + jump;
    boolean recent = jump != 0 && source.elapsed() - jumpedAt < REMEMBERED;
    if (recent && moved <= now && (at > now || moved > at)) {
      return moved;
    }
    return Math.min(at, now);
  }
}

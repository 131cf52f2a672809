package org.penstock.cloud.data;

import java.util.function.LongSupplier;

/**
 * How many messages may be in flight: so many that the connection is never idle, and no more than
 * that. Grows while confirmations come as fast as ever, shrinks when they come slower because the
 * broker or the line is full. One thread at a time; the size may be read by any.
 */
final class Window {

  private static final int FIRST = 50;
  private static final long SLACK_NANOS = 50_000_000;
  private static final long FORGET_NANOS = 30_000_000_000L;

  private final int most;
  private final LongSupplier nanos;
  private volatile int size;
  private long best = Long.MAX_VALUE;
  private long bestAt;
  private int confirmed;
  private long slowest;
  private boolean filled;

  Window(int most, LongSupplier nanos) {
    this.most = most;
    this.nanos = nanos;
    this.size = Math.min(FIRST, most);
  }

  int size() {
    return size;
  }

  /** A message that was sent then is confirmed now; the window was full meanwhile, or not. */
  void confirmed(long sentAt, boolean full) {
    long now = nanos.getAsLong();
    long trip = now - sentAt;
    if (trip < best || now - bestAt > FORGET_NANOS) {
      best = trip;
      bestAt = now;
    }
    slowest = Math.max(slowest, trip);
    filled |= full; // confirmations come in bursts: at the last of them there is room again
    confirmed++;
    if (confirmed < size) {
      return;
    }
    if (slowest > 4 * best + SLACK_NANOS) {
      size = Math.max(Math.min(FIRST, most), size - size / 4);
    } else if (filled) {
      size = Math.min(most, size * 2);
    }
    confirmed = 0;
    slowest = 0;
    filled = false;
  }

  /** A new connection: begins anew. */
  void reset() {
    size = Math.min(FIRST, most);
    best = Long.MAX_VALUE;
    confirmed = 0;
    slowest = 0;
    filled = false;
  }
}

package org.penstock.core.system;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.penstock.api.strand.Schedule;

/** One delayed or repeated task of a strand, on a grid of due times. */
final class Tick implements Schedule {

  private static final long MS = 1_000_000;

  private final StrandPool pool;
  private final SerialStrand strand;
  private final Runnable task;
  private final long period;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final AtomicLong missed = new AtomicLong();
  private final AtomicLong dueAt;

  /**
   * A period of 0 means once. Repeated ones fall due at whole milliseconds of the machine's clock, so
   * that many are handed over in one go.
   */
  Tick(StrandPool pool, SerialStrand strand, long firstNanos, long periodNanos, Runnable task) {
    this.pool = pool;
    this.strand = strand;
    this.task = task;
    this.period = periodNanos;
    long first = System.nanoTime() + firstNanos;
    this.dueAt =
        new AtomicLong(
            periodNanos % MS == 0 && periodNanos > 0 ? -Math.floorDiv(-first, MS) * MS : first);
  }

  /** Belongs to no strand: makes the timer look around. */
  static Tick wakeUp(long delayNanos) {
    return new Tick(null, null, delayNanos, 0, () -> {});
  }

  /** Called by the timer; gives whether it comes again. */
  boolean due() {
    if (strand == null || cancelled.get() || strand.isClosed()) {
      return false; // also when one of its runs was waiting: a closed strand has dropped it
    }
    if (waiting.compareAndSet(false, true)) {
      try {
        strand.execute(this::run);
      } catch (RejectedExecutionException e) {
        return false; // the strand is closed
      }
    } else {
      missed.incrementAndGet();
    }
    return period > 0 && advance();
  }

  private boolean advance() {
    long behind = System.nanoTime() - dueAt.get();
    long skipped = Math.max(0, behind / period);
    missed.addAndGet(skipped); // the timer itself was held up, for example a suspended machine
    dueAt.addAndGet((skipped + 1) * period);
    return true;
  }

  private void run() {
    try {
      if (!cancelled.get()) {
        task.run();
      }
    } finally {
      waiting.set(false);
    }
  }

  @Override
  public long missed() {
    return missed.get();
  }

  @Override
  public void close() {
    cancelled.set(true);
    if (pool != null) {
      pool.cancel(this);
    }
  }

  /** By {@link System#nanoTime}; changes only while the timer has it in its hands. */
  long dueAt() {
    return dueAt.get();
  }
}

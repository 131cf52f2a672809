package org.penstock.flow.wires.component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.penstock.api.cron.Cron;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;

/** Ticks on a strand by a time table until it is closed. A changed table makes a new ticker. */
final class Ticker implements AutoCloseable {

  /** The clock may be set meanwhile: look again after this time. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Strand strand;
  private final Clock clock;
  private final Runnable tick;
  private final LongAdder ticks = new LongAdder();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<Schedule> schedule = new AtomicReference<>();

  Ticker(Strand strand, Timetable table, Clock clock, Runnable tick) {
    this.strand = strand;
    this.clock = clock;
    this.tick = tick;
    if (table.cron().isPresent()) {
      arm(table.cron().get(), clock.instant());
    } else {
      schedule.set(strand.every(table.first(), table.period(), this::tick));
    }
  }

  private void tick() {
    if (!closed.get()) {
      ticks.increment();
      tick.run();
    }
  }

  private void arm(Cron cron, Instant after) {
    cron.next(after, ZoneId.systemDefault()).ifPresent(due -> await(cron, due, clock.instant()));
  }

  private void await(Cron cron, Instant due, Instant now) {
    Duration wait = Duration.between(now, due);
    if (wait.compareTo(LONGEST_WAIT) > 0) {
      wait = LONGEST_WAIT;
    }
    schedule.set(
        strand.after(wait.isNegative() ? Duration.ZERO : wait, () -> awake(cron, due, now)));
  }

  private void awake(Cron cron, Instant due, Instant before) {
    if (closed.get()) {
      return;
    }
    Instant now = clock.instant();
    if (now.isBefore(before)) { // the clock was set back
      arm(cron, now);
    } else if (now.isBefore(due)) {
      await(cron, due, now);
    } else {
      try {
        tick();
      } finally {
        Instant then = clock.instant();
        arm(cron, then.isBefore(due) ? due : then);
      }
    }
  }

  /** {@code ticks} and {@code ticks.missed} since the table was set. */
  Map<String, Object> figures() {
    long missed = Optional.ofNullable(schedule.get()).map(Schedule::missed).orElse(0L);
    return Map.of("ticks", ticks.sum(), "ticks.missed", missed);
  }

  @Override
  public void close() {
    closed.set(true);
    Optional.ofNullable(schedule.get()).ifPresent(Schedule::close);
  }
}

package org.penstock.flow.wires.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** Strands whose time passes when the test says so; due tasks run in the test's thread. */
public final class ManualStrands extends Clock implements Strands {

  private final List<Due> tasks = new ArrayList<>();
  private final Map<String, ManualStrand> open = new HashMap<>();
  private Instant now = Instant.parse("2026-03-01T00:00:00Z");
  private Duration clockAhead = Duration.ZERO;
  private long order;

  private record Due(Instant at, long order, ManualStrand strand, Runnable task) {}

  @Override
  public synchronized ManualStrand open(String name) {
    ManualStrand strand = new ManualStrand(name);
    open.put(name, strand);
    return strand;
  }

  /** Names of strands that nobody has closed. */
  public synchronized List<String> names() {
    return open.keySet().stream().sorted().toList();
  }

  /** Sets the wall clock without letting time pass on the strands. */
  public synchronized void setClock(Instant instant) {
    clockAhead = Duration.between(now, instant);
  }

  /** Runs all that is due now. */
  public void run() {
    advance(Duration.ZERO);
  }

  /** Lets time pass; runs what falls due, in order. */
  public void advance(Duration time) {
    Instant end = now.plus(time);
    for (Due due = next(end); due != null; due = next(end)) {
      due.task().run();
    }
    now = end;
  }

  private synchronized Due next(Instant end) {
    Due due =
        tasks.stream()
            .filter(task -> !task.at().isAfter(end))
            .min(Comparator.comparing(Due::at).thenComparing(Due::order))
            .orElse(null);
    if (due != null) {
      tasks.remove(due);
      now = due.at().isAfter(now) ? due.at() : now;
    }
    return due;
  }

  private synchronized Due add(Duration delay, ManualStrand strand, Runnable task) {
    if (strand.closed) {
      throw new RejectedExecutionException(strand.name + " is closed");
    }
    Due due = new Due(now.plus(delay), order++, strand, task);
    tasks.add(due);
    return due;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public synchronized Instant instant() {
    return now.plus(clockAhead);
  }

  /** One strand. */
  public final class ManualStrand implements Strand {

    private final String name;
    private boolean closed;

    private ManualStrand(String name) {
      this.name = name;
    }

    @Override
    public void execute(Runnable task) {
      add(Duration.ZERO, this, task);
    }

    @Override
    public Schedule after(Duration delay, Runnable task) {
      Due due = add(delay, this, task);
      return schedule(() -> tasks.remove(due));
    }

    @Override
    public Schedule every(Duration first, Duration period, Runnable task) {
      boolean[] ended = {false};
      Runnable[] again = new Runnable[1];
      again[0] =
          () -> {
            if (!ended[0] && !closed) {
              add(period, this, again[0]);
              task.run();
            }
          };
      add(first, this, again[0]);
      return schedule(() -> ended[0] = true);
    }

    private Schedule schedule(Runnable close) {
      return new Schedule() {
        @Override
        public long missed() {
          return 0;
        }

        @Override
        public void close() {
          close.run();
        }
      };
    }

    @Override
    public int waiting() {
      return 0;
    }

    @Override
    public boolean isCurrent() {
      return true;
    }

    @Override
    public void close() {
      closed = true;
      open.remove(name);
      tasks.removeIf(due -> due.strand() == this);
    }
  }
}

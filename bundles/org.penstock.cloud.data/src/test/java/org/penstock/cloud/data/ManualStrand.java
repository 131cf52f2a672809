package org.penstock.cloud.data;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;

/** A strand whose time passes when the test says so; tasks run in the test's thread. */
final class ManualStrand implements Strand {

  private record Due(Instant at, long order, Runnable task, boolean[] cancelled) {}

  private final List<Due> tasks = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-01T00:00:01Z");
  private long order;

  Instant now() {
    return now;
  }

  void advance(Duration time) {
    Instant end = now.plus(time);
    for (Optional<Due> due = next(end); due.isPresent(); due = next(end)) {
      Due task = due.get();
      tasks.remove(task);
      now = task.at().isAfter(now) ? task.at() : now;
      if (!task.cancelled()[0]) {
        task.task().run();
      }
    }
    now = end;
  }

  private Optional<Due> next(Instant end) {
    return tasks.stream()
        .filter(t -> !t.at().isAfter(end))
        .min(Comparator.comparing(Due::at).thenComparing(Due::order));
  }

  private Schedule add(Duration delay, Runnable task, boolean[] cancelled) {
    tasks.add(new Due(now.plus(delay), order++, task, cancelled));
    return new Schedule() {
      @Override
      public long missed() {
        return 0;
      }

      @Override
      public void close() {
        cancelled[0] = true;
      }
    };
  }

  @Override
  public void execute(Runnable task) {
    add(Duration.ZERO, task, new boolean[1]);
  }

  @Override
  public Schedule after(Duration delay, Runnable task) {
    return add(delay, task, new boolean[1]);
  }

  @Override
  public Schedule every(Duration first, Duration period, Runnable task) {
    boolean[] cancelled = new boolean[1];
    return add(first, () -> again(period, task, cancelled), cancelled);
  }

  private void again(Duration period, Runnable task, boolean[] cancelled) {
    task.run();
    if (!cancelled[0]) {
      add(period, () -> again(period, task, cancelled), cancelled);
    }
  }

  @Override
  public int waiting() {
    return tasks.size();
  }

  @Override
  public boolean isCurrent() {
    return true;
  }

  @Override
  public void close() {
    tasks.clear();
  }
}

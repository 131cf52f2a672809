package org.penstock.core.configuration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;

/** A strand whose delayed tasks run when the test says so. */
final class HandStrand implements Strand {

  final List<Runnable> later = new ArrayList<>();

  /** The time of all delayed tasks has come. */
  void elapse() {
    List<Runnable> due = List.copyOf(later);
    later.clear();
    due.forEach(Runnable::run);
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public Schedule after(Duration delay, Runnable task) {
    later.add(task);
    return new Schedule() {
      @Override
      public long missed() {
        return 0;
      }

      @Override
      public void close() {
        later.remove(task);
      }
    };
  }

  @Override
  public Schedule every(Duration first, Duration period, Runnable task) {
    throw new UnsupportedOperationException("not used here");
  }

  @Override
  public int waiting() {
    return 0;
  }

  @Override
  public boolean isCurrent() {
    return false;
  }

  @Override
  public void close() {
    later.clear();
  }
}

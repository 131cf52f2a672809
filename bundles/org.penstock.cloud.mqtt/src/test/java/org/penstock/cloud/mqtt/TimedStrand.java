package org.penstock.cloud.mqtt;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;

/** A strand with a thread of its own. */
final class TimedStrand implements Strand {

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "test/strand");
            thread.setDaemon(true);
            return thread;
          });

  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  @Override
  public Schedule after(Duration delay, Runnable task) {
    return schedule(executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS));
  }

  @Override
  public Schedule every(Duration first, Duration period, Runnable task) {
    return schedule(
        executor.scheduleAtFixedRate(
            task, first.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS));
  }

  private static Schedule schedule(ScheduledFuture<?> future) {
    return new Schedule() {
      @Override
      public long missed() {
        return 0;
      }

      @Override
      public void close() {
        future.cancel(false);
      }
    };
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
    executor.shutdownNow();
  }
}

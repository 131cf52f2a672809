package org.penstock.cloud.connection;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** Each strand is a thread; delays of ten seconds and more pass when the test says so. */
public final class TestStrands implements Strands, AutoCloseable {

  private final java.util.List<One> open = new java.util.concurrent.CopyOnWriteArrayList<>();

  @Override
  public Strand open(String name) {
    One strand = new One(name);
    open.add(strand);
    return strand;
  }

  /** Waits until all strands have done what they had to do now. */
  public void settle() {
    for (int round = 0; round < 3; round++) {
      open.forEach(One::settle);
    }
  }

  /** Lets long delays pass. */
  public void pass() {
    open.forEach(One::pass);
    settle();
  }

  @Override
  public void close() {
    open.forEach(One::close);
  }

  private static final class One implements Strand {

    private final ScheduledExecutorService executor;
    private final AtomicReference<Thread> thread = new AtomicReference<>();
    private final java.util.Queue<Runnable> late =
        new java.util.concurrent.ConcurrentLinkedQueue<>();

    One(String name) {
      executor =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread made = new Thread(task, name);
                made.setDaemon(true);
                thread.set(made);
                return made;
              });
    }

    @Override
    public void execute(Runnable task) {
      executor.execute(task);
    }

    @Override
    public Schedule after(Duration delay, Runnable task) {
      if (delay.toSeconds() >= 10) {
        late.add(task);
        return schedule(() -> late.remove(task));
      }
      ScheduledFuture<?> due = executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
      return schedule(() -> due.cancel(false));
    }

    @Override
    public Schedule every(Duration first, Duration period, Runnable task) {
      ScheduledFuture<?> due =
          executor.scheduleAtFixedRate(
              task, first.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
      return schedule(() -> due.cancel(false));
    }

    private static Schedule schedule(Runnable cancel) {
      return new Schedule() {
        @Override
        public long missed() {
          return 0;
        }

        @Override
        public void close() {
          cancel.run();
        }
      };
    }

    @Override
    public int waiting() {
      return 0;
    }

    @Override
    public boolean isCurrent() {
      return Thread.currentThread() == thread.get();
    }

    private void settle() {
      if (!executor.isShutdown()) {
        try {
          executor.submit(() -> {}).get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
          throw new AssertionError(e);
        }
      }
    }

    private void pass() {
      for (Runnable task = late.poll(); task != null; task = late.poll()) {
        executor.execute(task);
      }
    }

    @Override
    public void close() {
      executor.shutdownNow();
    }
  }
}

package org.penstock.field.asset;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** Strands over a plain pool of daemon threads. */
final class TestStrands implements Strands, AutoCloseable {

  private final ExecutorService pool =
      Executors.newCachedThreadPool(task -> daemon(task, "test-pool"));
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "test-timer"));
  private final Map<TestStrand, String> open = new ConcurrentHashMap<>();

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public TestStrand open(String name) {
    TestStrand strand = new TestStrand(name);
    open.put(strand, name);
    return strand;
  }

  /** Names of strands that nobody has closed. */
  java.util.Set<String> open() {
    return java.util.Set.copyOf(open.values());
  }

  /** The first strand of this name that is open. */
  TestStrand named(String name) {
    return open.keySet().stream()
        .filter(strand -> strand.name.equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Waits until everything given to the strand before has run. */
  void drain(String name) {
    CountDownLatch done = new CountDownLatch(1);
    named(name).execute(done::countDown);
    try {
      if (!done.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError(name + " does not come to an end");
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    pool.shutdownNow();
  }

  /** As of the gateway's strands: one waits, the others are missed, none comes after the end. */
  private static final class TestTick implements Schedule {

    private final TestStrand strand;
    private final Runnable task;
    private final AtomicReference<Future<?>> future = new AtomicReference<>();
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong missed = new AtomicLong();

    TestTick(TestStrand strand, Runnable task) {
      this.strand = strand;
      this.task = task;
    }

    private void due() {
      if (waiting.compareAndSet(false, true)) {
        strand.execute(this::run);
      } else {
        missed.incrementAndGet();
      }
    }

    private void run() {
      try {
        if (!closed.get()) {
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
      closed.set(true);
      future.get().cancel(false);
    }
  }

  /** A serial executor. */
  final class TestStrand implements Strand {

    private final String name;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final AtomicReference<Thread> runner = new AtomicReference<>();
    private boolean running;
    private boolean closed;

    TestStrand(String name) {
      this.name = name;
    }

    @Override
    public synchronized void execute(Runnable task) {
      if (closed) {
        throw new RejectedExecutionException(name + " is closed");
      }
      tasks.add(task);
      if (!running) {
        running = true;
        pool.execute(this::run);
      }
    }

    private void run() {
      for (Runnable task = next(); task != null; task = next()) {
        Thread thread = Thread.currentThread();
        thread.setName(name);
        runner.set(thread);
        try {
          task.run();
        } finally {
          runner.set(null);
          thread.setName("test-pool");
        }
      }
    }

    private synchronized Runnable next() {
      Runnable task = tasks.poll();
      running = task != null;
      return task;
    }

    @Override
    public Schedule after(Duration delay, Runnable task) {
      return schedule(timer.schedule(() -> execute(task), delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public Schedule every(Duration first, Duration period, Runnable task) {
      TestTick tick = new TestTick(this, task);
      tick.future.set(
          timer.scheduleAtFixedRate(
              tick::due, first.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS));
      return tick;
    }

    private Schedule schedule(Future<?> future) {
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
    public synchronized int waiting() {
      return tasks.size();
    }

    @Override
    public boolean isCurrent() {
      return runner.get() == Thread.currentThread();
    }

    @Override
    public void close() {
      synchronized (this) {
        closed = true;
        tasks.clear();
      }
      open.remove(this);
      Thread thread = runner.get();
      if (thread != null && thread != Thread.currentThread()) {
        thread.interrupt();
      }
    }
  }
}

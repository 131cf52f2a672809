package org.penstock.core.system;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A strand over the pool. */
final class SerialStrand implements Strand {

  private static final Logger LOG = LoggerFactory.getLogger(SerialStrand.class);
  private static final int TURN = 64;
  private static final int GOOD_TASKS = 50;
  private static final int SWIFT_TASKS = 16;
  private static final long SWIFT_NANOS = 1_000_000;
  private static final String SHARED_NAME = "core/strand/short";
  private static final long INTERRUPT_MS = 1000;
  private static final long CLOSE_MS = 2000;

  private final StrandPool pool;
  private final String name;
  private final Deque<Runnable> tasks = new ArrayDeque<>();

  // guarded by tasks
  private boolean scheduled;
  private boolean closed;
  private boolean marked;
  private int good;
  private int swift;
  private Thread runner;
  private String lastError = "";
  private volatile long since;

  SerialStrand(StrandPool pool, String name) {
    this.pool = pool;
    this.name = name;
  }

  String name() {
    return name;
  }

  /**
   * What the thread is called that runs it: its own name, but for a strand whose tasks are all short, to
   * which the pool gives its name only when one is not.
   */
  String threadName() {
    return isSwift() ? SHARED_NAME : name;
  }

  /** Its last tasks were all short. */
  boolean isSwift() {
    synchronized (tasks) {
      return swift >= SWIFT_TASKS;
    }
  }

  @Override
  public void execute(Runnable task) {
    boolean alone;
    synchronized (tasks) {
      if (closed) {
        throw new RejectedExecutionException("strand " + name + " is closed");
      }
      tasks.add(task);
      if (scheduled) {
        return;
      }
      scheduled = true;
      alone = marked;
    }
    if (alone) {
      pool.own(this);
    } else {
      pool.ready(this);
    }
  }

  @Override
  public Schedule after(Duration delay, Runnable task) {
    Tick tick = new Tick(pool, this, delay.toNanos(), 0, task);
    pool.schedule(tick);
    return tick;
  }

  @Override
  public Schedule every(Duration first, Duration period, Runnable task) {
    if (period.isZero() || period.isNegative()) {
      throw new IllegalArgumentException("the period must be more than zero, given: " + period);
    }
    Tick tick = new Tick(pool, this, first.toNanos(), period.toNanos(), task);
    pool.schedule(tick);
    return tick;
  }

  /** Runs some tasks in the calling thread; gives whether there are more. */
  boolean runSome() {
    for (int i = 0; i < TURN; i++) {
      Runnable task;
      synchronized (tasks) {
        task = tasks.poll();
        if (task == null) {
          scheduled = false;
          return false;
        }
        runner = Thread.currentThread();
        since = System.nanoTime();
      }
      run(task);
    }
    synchronized (tasks) {
      scheduled = !tasks.isEmpty();
      return scheduled;
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) { // thread start
      report(e);
    } finally {
      Thread.interrupted(); // an interrupt was meant for the task that has ended
      synchronized (tasks) {
        runner = null;
        swift = System.nanoTime() - since < SWIFT_NANOS ? Math.min(swift + 1, SWIFT_TASKS) : 0;
        if (marked && System.nanoTime() - since < StrandPool.SLOW_NANOS && ++good >= GOOD_TASKS) {
          marked = false;
        }
        tasks.notifyAll();
      }
    }
  }

  private void report(Throwable error) {
    String text = error.toString();
    boolean isNew;
    synchronized (tasks) {
      isNew = !text.equals(lastError);
      lastError = text;
    }
    if (isNew) {
      LOG.error("a task of strand {} failed; it is not tried again", name, error);
    }
  }

  /** When the running task began; before it has, the given time. */
  long taskSince(long otherwise) {
    long at = since;
    return at == 0 || at - otherwise < 0 ? otherwise : at;
  }

  boolean isBusy() {
    synchronized (tasks) {
      return runner != null;
    }
  }

  void mark() {
    synchronized (tasks) {
      marked = true;
      good = 0;
    }
  }

  @Override
  public int waiting() {
    synchronized (tasks) {
      return tasks.size();
    }
  }

  @Override
  public boolean isCurrent() {
    synchronized (tasks) {
      return runner == Thread.currentThread();
    }
  }

  boolean isClosed() {
    synchronized (tasks) {
      return closed;
    }
  }

  @Override
  public void close() {
    synchronized (tasks) {
      closed = true;
      tasks.clear();
      if (runner == null || runner == Thread.currentThread()) {
        return;
      }
      try {
        long begin = System.nanoTime(); // the wall clock may be set meanwhile
        boolean interrupted = false;
        while (runner != null) {
          long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
          if (took >= CLOSE_MS) {
            return;
          }
          if (took >= INTERRUPT_MS && !interrupted) {
            interrupted = true;
            runner.interrupt();
          }
          tasks.wait(interrupted ? CLOSE_MS - took : INTERRUPT_MS - took);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

package org.penstock.core.system;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads behind all strands. At most {@code runnable} threads are meant to be busy at once; one
 * whose task runs longer than 50 ms no longer counts, so a spare takes its place, up to 32 threads in
 * all. A strand whose task ran longer than 1 s is marked and gets a thread of its own, outside the
 * 32, for as long as it stays slow. While one runs a strand whose tasks are short, no other is woken for
 * what comes meanwhile, since waking costs more than such a task; unless many strands wait, or it takes
 * 10 ms after all.
 */
final class StrandPool implements AutoCloseable {

  static final int LIMIT = 32;
  static final long SLOW_NANOS = 50_000_000L;
  static final long MARK_NANOS = 1_000_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(StrandPool.class);
  private static final long IDLE_MS = 30_000;
  private static final long LOOK_NANOS = SLOW_NANOS / 5;
  private static final int BATCH = 256;

  /** More than this many strands wait for one thread with short tasks: another one helps. */
  private static final int MOST_BEHIND = 64;

  private static final String IDLE = "core/strand/idle";

  /** One thread of the pool and what it does now. */
  private static final class Worker {
    private Thread thread;
    private SerialStrand strand;
    private long since;
    private boolean slow;
    private boolean detached;
  }

  private final int runnable;
  private final TickQueue ticks = new TickQueue();
  private final Thread timer;
  private final Object lock = new Object();

  // guarded by lock
  private final Deque<SerialStrand> ready = new ArrayDeque<>();
  private final Set<Worker> workers = new HashSet<>();
  private final Set<Worker> swift = new HashSet<>(); // those that run short tasks
  private final Map<Thread, SerialStrand> owned = new HashMap<>();
  private int idle;
  private int slow;
  private boolean closed;
  private boolean watching;
  private boolean waking;
  private long taken;

  // of the timer alone
  private long looked = System.nanoTime() - LOOK_NANOS;
  private long takenThen;

  StrandPool(int runnable) {
    this.runnable = runnable;
    timer = new Thread(this::tick, "core/strand/timer");
    timer.setDaemon(true);
    timer.start();
  }

  /** The strand has work; called once until it has been run. */
  void ready(SerialStrand strand) {
    synchronized (lock) {
      if (closed) {
        return;
      }
      ready.add(strand);
      if (swift.isEmpty() || ready.size() > MOST_BEHIND) {
        wakeOne();
      }
      if (ready.size() > idle) {
        growIfNeeded();
      }
    }
  }

  /** One thread at a time is woken, and wakes the next. */
  private void wakeOne() {
    if (!waking && idle > 0 && !ready.isEmpty()) {
      waking = true;
      lock.notify();
    }
  }

  private void growIfNeeded() {
    if (!ready.isEmpty() && workers.size() - slow < runnable && workers.size() < LIMIT) {
      Worker worker = new Worker();
      worker.thread = new Thread(() -> work(worker), IDLE);
      worker.thread.setDaemon(true);
      workers.add(worker);
      worker.thread.start();
    }
  }

  private void work(Worker worker) {
    SerialStrand strand = next(worker);
    while (strand != null) {
      name(worker.thread, strand.threadName());
      strand = after(worker, strand, strand.runSome());
    }
  }

  /** A new name costs some microseconds of the kernel's time. */
  private static void name(Thread thread, String name) {
    if (!thread.getName().equals(name)) {
      thread.setName(name);
    }
  }

  /** What comes after a run: a thread that was given to its strand meanwhile stays with it until the end. */
  private SerialStrand after(Worker worker, SerialStrand strand, boolean more) {
    synchronized (lock) {
      worker.strand = null;
      swift.remove(worker);
      if (!worker.detached) {
        if (worker.slow) {
          slow--;
          worker.slow = false;
        }
        if (more) {
          ready.add(strand);
        }
        return next(worker);
      }
    }
    if (more) {
      workAlone(strand);
    } else {
      synchronized (lock) {
        owned.remove(Thread.currentThread());
      }
    }
    return null;
  }

  private SerialStrand next(Worker worker) {
    synchronized (lock) {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(IDLE_MS);
      while (ready.isEmpty() || workers.size() - slow > runnable) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (closed || left <= 0 || workers.size() - slow > runnable) {
          workers.remove(worker);
          wakeOne();
          return null;
        }
        idle++;
        try {
          lock.wait(left);
        } catch (InterruptedException e) {
          workers.remove(worker);
          return null;
        } finally {
          idle--;
          waking = false; // whoever it was for: this one looks
        }
      }
      worker.strand = ready.poll();
      worker.since = System.nanoTime();
      taken++;
      boolean isShort = worker.strand.isSwift();
      if (isShort) {
        swift.add(worker);
      }
      if (!isShort || ready.size() > MOST_BEHIND) {
        wakeOne();
      }
      if (!watching) {
        watching = true;
        ticks.add(Tick.wakeUp(LOOK_NANOS));
      }
      return worker.strand;
    }
  }

  /** Looks for slow tasks each 10 ms while there are any, and hands due ticks to their strands. */
  private void tick() {
    List<Tick> due = new ArrayList<>(BATCH);
    List<Tick> again = new ArrayList<>(BATCH);
    try {
      while (true) {
        ticks.take(due, BATCH, watch());
        for (Tick tick : due) {
          if (tick.due()) {
            again.add(tick);
          }
        }
        ticks.addAll(again);
        due.clear();
        again.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** Replaces threads that have become slow; gives the time until the next look. */
  private long watch() {
    long now = System.nanoTime();
    synchronized (lock) {
      if (!watching) {
        return IDLE_MS * 1_000_000;
      }
      if (now - looked < LOOK_NANOS) {
        return LOOK_NANOS - (now - looked);
      }
      looked = now;
      boolean busy = taken != takenThen;
      takenThen = taken;
      for (Worker worker : List.copyOf(workers)) {
        SerialStrand strand = worker.strand;
        if (strand != null) {
          busy = true;
          if (now - worker.since > LOOK_NANOS && swift.remove(worker)) {
            wakeOne();
          }
          look(worker, strand, now - strand.taskSince(worker.since));
        }
      }
      watching = busy;
      return busy ? LOOK_NANOS : IDLE_MS * 1_000_000;
    }
  }

  private void look(Worker worker, SerialStrand strand, long took) {
    if (took > LOOK_NANOS) {
      name(worker.thread, strand.name());
    }
    if (took > SLOW_NANOS && !worker.slow) {
      worker.slow = true;
      slow++;
      growIfNeeded();
    }
    if (took > MARK_NANOS) {
      strand.mark();
      slow--;
      worker.detached = true;
      workers.remove(worker);
      owned.put(worker.thread, strand);
      growIfNeeded();
      LOG.info(
          "strand {} is busy for more than 1 s: it has a thread of its own now", strand.name());
    }
  }

  /** Hands the tick to its strand when it is due. */
  void schedule(Tick tick) {
    ticks.add(tick);
  }

  void cancel(Tick tick) {
    ticks.remove(tick);
  }

  /** A marked strand runs on a thread of its own. */
  void own(SerialStrand strand) {
    synchronized (lock) {
      if (closed) {
        return;
      }
      Thread thread = new Thread(() -> workAlone(strand), strand.name());
      thread.setDaemon(true);
      owned.put(thread, strand);
      thread.start();
    }
  }

  private void workAlone(SerialStrand strand) {
    boolean more = true;
    while (more) {
      more = strand.runSome();
    }
    synchronized (lock) {
      owned.remove(Thread.currentThread());
    }
  }

  /** Names of the slow strands that are in one task for longer. */
  List<String> stuck(long nanos) {
    long now = System.nanoTime();
    synchronized (lock) {
      return owned.values().stream()
          .filter(strand -> strand.isBusy() && now - strand.taskSince(now - nanos - 1) > nanos)
          .map(SerialStrand::name)
          .sorted()
          .toList();
    }
  }

  int threads() {
    synchronized (lock) {
      return workers.size() + owned.size();
    }
  }

  /** Threads that belong to slow strands. */
  int ownThreads() {
    synchronized (lock) {
      return owned.size();
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      ready.clear();
      lock.notifyAll();
      workers.forEach(w -> w.thread.interrupt());
      owned.keySet().forEach(Thread::interrupt);
    }
    timer.interrupt();
  }
}

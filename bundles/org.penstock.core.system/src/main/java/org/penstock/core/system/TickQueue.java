package org.penstock.core.system;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ticks by due time. A heap whose times lie side by side, apart from the ticks: with thousands of them a
 * look at each tick would be a look into cold memory. Any thread may call.
 */
final class TickQueue {

  private static final int FIRST = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // guarded by lock
  private long[] times = new long[FIRST];
  private Tick[] ticks = new Tick[FIRST];
  private int size;

  void add(Tick tick) {
    addAll(List.of(tick));
  }

  void addAll(List<Tick> more) {
    if (more.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      Tick first = ticks[0];
      for (Tick tick : more) {
        if (size == ticks.length) {
          times = Arrays.copyOf(times, 2 * size);
          ticks = Arrays.copyOf(ticks, 2 * size);
        }
        up(size++, tick.dueAt(), tick);
      }
      if (ticks[0] != first) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  void remove(Tick tick) {
    lock.lock();
    try {
      for (int at = 0; at < size; at++) {
        if (ticks[at] == tick) {
          removeAt(at);
          return;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until one is due, for so long at most, and takes all that are.
   *
   * @param into gets them, the earliest first
   * @param most so many at once
   * @param nanos how long to wait
   */
  void take(List<Tick> into, int most, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long end = System.nanoTime() + nanos;
      long now = System.nanoTime();
      while (end - now > 0 && (size == 0 || times[0] - now > 0)) {
        changed.awaitNanos(size == 0 ? end - now : Math.min(end - now, times[0] - now));
        now = System.nanoTime();
      }
      while (size > 0 && into.size() < most && times[0] - now <= 0) {
        into.add(ticks[0]);
        removeAt(0);
      }
    } finally {
      lock.unlock();
    }
  }

  private void removeAt(int at) {
    size--;
    long time = times[size];
    Tick last = ticks[size];
    ticks[size] = null;
    if (at == size) {
      return;
    }
    if (at > 0 && time - times[parent(at)] < 0) {
      up(at, time, last);
    } else {
      down(at, time, last);
    }
  }

  private static int parent(int at) {
    return (at - 1) / 2;
  }

  private void up(int from, long time, Tick tick) {
    int at = from;
    while (at > 0 && time - times[parent(at)] < 0) {
      put(at, times[parent(at)], ticks[parent(at)]);
      at = parent(at);
    }
    put(at, time, tick);
  }

  private void down(int from, long time, Tick tick) {
    int at = from;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && times[child + 1] - times[child] < 0) {
        child++;
      }
      if (times[child] - time >= 0) {
        break;
      }
      put(at, times[child], ticks[child]);
      at = child;
    }
    put(at, time, tick);
  }

  private void put(int at, long time, Tick tick) {
    times[at] = time;
    ticks[at] = tick;
  }
}

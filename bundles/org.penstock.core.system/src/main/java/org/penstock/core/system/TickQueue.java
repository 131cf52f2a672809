package org.penstock.core.system;

import java.util.ArrayList;
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
  private final List<Tick> ticks = new ArrayList<>(FIRST);
  private long[] times = new long[FIRST];

  void add(Tick tick) {
    addAll(List.of(tick));
  }

  void addAll(List<Tick> more) {
    if (more.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      Tick first = ticks.isEmpty() ? null : ticks.get(0);
      for (Tick tick : more) {
        if (ticks.size() == times.length) {
          times = Arrays.copyOf(times, 2 * times.length);
        }
        ticks.add(tick);
        up(ticks.size() - 1, tick.dueAt(), tick);
      }
      if (ticks.get(0) != first) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  void remove(Tick tick) {
    lock.lock();
    try {
      int at = ticks.indexOf(tick); // a tick equals itself alone
      if (at >= 0) {
        removeAt(at);
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
      while (end - now > 0 && (ticks.isEmpty() || times[0] - now > 0)) {
        changed.awaitNanos(ticks.isEmpty() ? end - now : Math.min(end - now, times[0] - now));
        now = System.nanoTime();
      }
      while (!ticks.isEmpty() && into.size() < most && times[0] - now <= 0) {
        into.add(ticks.get(0));
        removeAt(0);
      }
    } finally {
      lock.unlock();
    }
  }

  private void removeAt(int at) {
    int end = ticks.size() - 1;
    long time = times[end];
    Tick last = ticks.remove(end);
    if (at == end) {
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
      put(at, times[parent(at)], ticks.get(parent(at)));
      at = parent(at);
    }
    put(at, time, tick);
  }

  private void down(int from, long time, Tick tick) {
    int at = from;
    int size = ticks.size();
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && times[child + 1] - times[child] < 0) {
        child++;
      }
      if (times[child] - time >= 0) {
        break;
      }
      put(at, times[child], ticks.get(child));
      at = child;
    }
    put(at, time, tick);
  }

  private void put(int at, long time, Tick tick) {
    times[at] = time;
    ticks.set(at, tick);
  }
}

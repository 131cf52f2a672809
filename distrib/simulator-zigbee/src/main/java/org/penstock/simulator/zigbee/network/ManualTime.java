package org.penstock.simulator.zigbee.network;

import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that a test moves. */
public final class ManualTime implements SimulatedTime {

  private record Alarm(long at, long order, Runnable task) {}

  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Alarm::at).thenComparingLong(Alarm::order));
  private long now;
  private long order;

  @Override
  public synchronized long millis() {
    return now;
  }

  @Override
  public synchronized void after(long millis, Runnable task) {
    alarms.add(new Alarm(now + Math.max(0, millis), order++, task));
  }

  /** Moves the clock; what falls due is called on the caller's thread, each at its own time. */
  public void advance(long millis) {
    long end = millis() + millis;
    for (Runnable due = next(end); due != null; due = next(end)) {
      due.run();
    }
  }

  private synchronized Runnable next(long end) {
    Alarm first = alarms.peek();
    if (first == null || first.at() > end) {
      now = Math.max(now, end);
      return null;
    }
    alarms.poll();
    now = Math.max(now, first.at());
    return first.task();
  }
}

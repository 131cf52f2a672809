package org.penstock.simulator.zigbee.network;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The way between coordinator and nodes: takes its time, and keeps the order of each node and direction. */
final class Air {

  /** What is on its way in one direction, in order. */
  private static final class Lane {
    final Deque<Runnable> travelling = new ArrayDeque<>();
    long lastAt;
  }

  private final Loop loop;
  private final Faults faults;
  private final Map<VirtualNode, Lane> up = new HashMap<>();
  private final Map<VirtualNode, Lane> down = new HashMap<>();

  Air(Loop loop, Faults faults) {
    this.loop = loop;
    this.faults = faults;
  }

  void up(VirtualNode node, Runnable arrived) {
    travel(up.computeIfAbsent(node, n -> new Lane()), arrived);
  }

  void down(VirtualNode node, Runnable arrived) {
    travel(down.computeIfAbsent(node, n -> new Lane()), arrived);
  }

  /** Timers may fire in another order than they were set: each takes the first of the lane. */
  private void travel(Lane lane, Runnable arrived) {
    long now = System.nanoTime() / 1000;
    long at = Math.max(now + faults.nextLatencyMicros(), lane.lastAt);
    lane.lastAt = at;
    lane.travelling.add(arrived);
    loop.later(at - now, () -> lane.travelling.remove().run());
  }
}

package org.penstock.bench.wires;

import java.util.Map;
import org.penstock.bench.BenchContext;

/**
 * One reading of a side.
 *
 * @param cpu seconds used so far
 * @param messages delivered so far
 * @param ticks of our timers so far
 * @param at nanoseconds
 */
record Load(double cpu, double messages, double ticks, long at) {

  /** Until the compilers of both sides are through: what they use would hide the rest. */
  static long warmUpMs(BenchContext context) {
    return context.quick() ? 10_000 : 25_000;
  }

  /** Figures between two readings. */
  static Map<String, Double> between(Load idle, double idleSeconds, Load begin, Load end) {
    double seconds = (end.at() - begin.at()) / 1e9;
    double cpu = end.cpu() - begin.cpu() - idle.cpu() * seconds / idleSeconds;
    double messages = end.messages() - begin.messages();
    return Map.of(
        "perCpu",
        messages / Math.max(cpu, 1e-3),
        "rate",
        messages / seconds,
        "ticks",
        (end.ticks() - begin.ticks()) / seconds);
  }
}

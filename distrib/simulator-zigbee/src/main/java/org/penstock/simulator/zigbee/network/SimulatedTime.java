package org.penstock.simulator.zigbee.network;

/**
 * The devices' clock: reporting intervals, polls of sleepy devices, permit-join. Latencies of the link are wall
 * time whatever this clock does.
 */
public interface SimulatedTime extends AutoCloseable {

  /** Milliseconds since this clock began; any thread. */
  long millis();

  /** Calls a task once when that many milliseconds of this clock have passed, on a thread of this clock. */
  void after(long millis, Runnable task);

  @Override
  default void close() {}

  /** The wall clock. */
  static SimulatedTime real() {
    return new RealTime(1);
  }

  /** A clock that runs faster than the wall's, such as 60. */
  static SimulatedTime faster(double speed) {
    return new RealTime(speed);
  }
}

package org.penstock.simulator.zigbee.network;

/** The wall's clock, times a factor. */
final class RealTime implements SimulatedTime {

  private final double speed;
  private final long began = System.nanoTime();
  private final Loop loop = new Loop("simulator/zigbee/clock");

  RealTime(double speed) {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed " + speed + " is not above 0");
    }
    this.speed = speed;
  }

  @Override
  public long millis() {
    return (long) ((System.nanoTime() - began) / 1e6 * speed);
  }

  @Override
  public void after(long millis, Runnable task) {
    loop.later((long) (millis * 1000 / speed), task);
  }

  @Override
  public void close() {
    loop.close();
  }
}

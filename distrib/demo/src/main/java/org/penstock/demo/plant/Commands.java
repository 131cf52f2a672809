package org.penstock.demo.plant;

/**
 * What operators have set. Values outside a range are taken as its nearest end, as a controller would.
 *
 * @param levelSetPoint metres that the controller keeps in the tank, 0.5 to 4.5
 * @param valvePosition percent that the valve shall be open, 0 to 100
 * @param inflowMean cubic metres an hour that flow in on average, 0 to 400
 * @param firstPump may run
 * @param secondPump may run
 */
public record Commands(
    double levelSetPoint,
    double valvePosition,
    double inflowMean,
    boolean firstPump,
    boolean secondPump) {

  public Commands {
    levelSetPoint = within(levelSetPoint, 0.5, 4.5);
    valvePosition = within(valvePosition, 0, 100);
    inflowMean = within(inflowMean, 0, 400);
  }

  /** What a station is started with. */
  public static Commands usual() {
    return new Commands(2.5, 80, 180, true, true);
  }

  boolean pump(int index) {
    return index == 0 ? firstPump : secondPump;
  }

  static double within(double value, double low, double high) {
    return Double.isNaN(value) ? low : Math.max(low, Math.min(high, value));
  }
}

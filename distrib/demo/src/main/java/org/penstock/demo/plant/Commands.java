package org.penstock.demo.plant;

/**
 * What operators have set. Values outside a range are taken as its nearest end, as a controller would.
 *
 * @param levelSetPoint metres that the controller keeps in the tank, 0.5 to 4.5
 * @param valvePosition percent that the valve shall be open, 0 to 100
 * @param inflowMean cubic metres an hour that flow in on average, 0 to 400
 * @param firstPump may run
 * @param secondPump may run
 * @param firstLimit revolutions a minute that the first pump may turn, 0 to 1450
 * @param secondLimit the same of the second
 */
public record Commands(
    double levelSetPoint,
    double valvePosition,
    double inflowMean,
    boolean firstPump,
    boolean secondPump,
    double firstLimit,
    double secondLimit) {

  public Commands {
    levelSetPoint = within(levelSetPoint, 0.5, 4.5);
    valvePosition = within(valvePosition, 0, 100);
    inflowMean = within(inflowMean, 0, 400);
    firstLimit = within(firstLimit, 0, Pump.RATED_SPEED);
    secondLimit = within(secondLimit, 0, Pump.RATED_SPEED);
  }

  /** With pumps that may turn as fast as they can. */
  public Commands(
      double levelSetPoint,
      double valvePosition,
      double inflowMean,
      boolean firstPump,
      boolean secondPump) {
    this(
        levelSetPoint,
        valvePosition,
        inflowMean,
        firstPump,
        secondPump,
        Pump.RATED_SPEED,
        Pump.RATED_SPEED);
  }

  /** What a station is started with. */
  public static Commands usual() {
    return new Commands(2.5, 80, 180, true, true);
  }

  boolean pump(int index) {
    return index == 0 ? firstPump : secondPump;
  }

  double limit(int index) {
    return index == 0 ? firstLimit : secondLimit;
  }

  static double within(double value, double low, double high) {
    return Double.isNaN(value) ? low : Math.max(low, Math.min(high, value));
  }
}

package org.penstock.demo.plant;

/**
 * What goes wrong at one moment.
 *
 * @param dryPump index of the pump whose suction has no water, -1 for none
 * @param hotPump index of the pump whose bearing has no grease, -1 for none
 * @param cartridges of grease that are left in the store
 */
public record Troubles(int dryPump, int hotPump, int cartridges) {

  /** All is well. */
  public static final Troubles NONE = new Troubles(-1, -1, 12);

  private static final double ROUND = 180; // seconds until all happens again
  private static final int STORE_LOW = 4;

  /** What the demo tells, so many seconds after somebody has begun to read: each trouble is mended in time. */
  public static Troubles told(double seconds) {
    double at = seconds < 0 ? 0 : seconds % ROUND;
    boolean dry = at >= 1 && at < 25;
    boolean hot = at >= 1 && at < 40;
    boolean low = at >= 1 && at < 60;
    return new Troubles(dry ? 1 : -1, hot ? 0 : -1, low ? STORE_LOW : NONE.cartridges());
  }
}

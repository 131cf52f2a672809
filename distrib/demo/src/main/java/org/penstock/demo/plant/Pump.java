package org.penstock.demo.plant;

/**
 * A centrifugal pump with its motor and bearings, at one moment.
 *
 * @param speed revolutions a minute
 * @param flow cubic metres an hour
 * @param head metres
 * @param power kilowatts taken from the mains
 * @param bearing temperature of the bearing at the drive end, degrees Celsius
 * @param winding temperature of the winding, degrees Celsius
 * @param vibration of the bearing, mm/s rms
 * @param seconds of running since the station began
 * @param starts since the station began
 * @param energy kilowatt hours since the station began
 */
public record Pump(
    double speed,
    double flow,
    double head,
    double power,
    double bearing,
    double winding,
    double vibration,
    double seconds,
    int starts,
    double energy) {

  static final double RATED_SPEED = 1450;
  static final double MIN_SPEED = 600;

  private static final double SHUT_OFF_HEAD = 32; // at rated speed
  private static final double HEAD_LOSS = 32 / (260.0 * 260); // no head is left at 260 m3/h
  private static final double RAMP = 120; // rpm a second
  private static final double FLOW_LAG = 0.8; // seconds
  private static final double BEARING_LAG = 240;
  private static final double DRY_BEARING_LAG = 4; // friction heats it much faster
  private static final double FRICTION = 110; // degrees Celsius at rated speed
  private static final double WINDING_LAG = 400;
  private static final double RESONANCE = 1180; // rpm
  private static final double TURNING = 20; // rpm from which a pump counts as running

  /** What is wrong with it. */
  enum Fault {
    NONE,
    /** No water comes to it. */
    DRY,
    /** Its bearing has no grease. */
    NO_GREASE
  }

  static Pump resting(double ambient) {
    return new Pump(0, 0, 0, 0, ambient, ambient, 0, 0, 0, 0);
  }

  /** It turns. */
  public boolean isRunning() {
    return speed > TURNING;
  }

  /**
   * A moment later.
   *
   * @param demand wanted speed, 0 stops it
   * @param backHead metres against which it pumps
   * @param ambient degrees Celsius
   * @param noise from -1 to 1
   * @param fault what is wrong with it
   * @param dt seconds
   */
  Pump after(double demand, double backHead, double ambient, double noise, Fault fault, double dt) {
    double wanted = demand < MIN_SPEED ? 0 : Math.min(demand, RATED_SPEED);
    double next = speed + Commands.within(wanted - speed, -RAMP * dt, RAMP * dt);
    double ratio = next / RATED_SPEED;
    double available = SHUT_OFF_HEAD * ratio * ratio;
    boolean lifts = available > backHead && fault != Fault.DRY;
    double steady = lifts ? Math.sqrt((available - backHead) / HEAD_LOSS) : 0;
    double through = lag(flow, steady, FLOW_LAG, dt);
    double lift = fault == Fault.DRY ? 0 : Math.max(0, available - HEAD_LOSS * through * through);
    double draw = power(through, lift, ratio);
    boolean turning = next > TURNING;
    return new Pump(
        next,
        through,
        lift,
        draw,
        bearing(ambient + 28 * ratio * ratio + 0.9 * draw, ratio, fault, dt),
        lag(winding, ambient + 3.1 * draw, WINDING_LAG, dt),
        turning ? vibration(next, ratio, noise) : 0,
        seconds + (turning ? dt : 0),
        starts + (turning && !isRunning() ? 1 : 0),
        energy + draw * dt / 3600);
  }

  /** Without grease it becomes hot within seconds, and with new grease as fast what it should be. */
  private double bearing(double target, double ratio, Fault fault, double dt) {
    if (fault == Fault.NO_GREASE) {
      return lag(bearing, target + FRICTION * ratio, DRY_BEARING_LAG, dt);
    }
    return lag(bearing, target, bearing > target + 20 ? DRY_BEARING_LAG : BEARING_LAG, dt);
  }

  /** Hydraulic power by an efficiency that is best at 150 m3/h, and what the motor takes when idle. */
  private static double power(double flow, double head, double ratio) {
    double off = (flow - 150 * ratio) / 180;
    double efficiency = Math.max(0.25, 0.74 - 0.5 * off * off);
    double hydraulic = 1000 * 9.81 * (flow / 3600) * head / 1000;
    return hydraulic / efficiency + 1.1 * ratio * ratio * ratio;
  }

  /** Grows with the square of the speed, more so near the speed at which the base resonates. */
  private static double vibration(double speed, double ratio, double noise) {
    double near = (speed - RESONANCE) / 60;
    return 0.4 + 1.3 * ratio * ratio + 1.6 / (1 + near * near) + 0.12 * noise;
  }

  private static double lag(double now, double target, double seconds, double dt) {
    return now + (target - now) * (1 - Math.exp(-dt / seconds));
  }
}

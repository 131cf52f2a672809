package org.penstock.demo.plant;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The whole station at one moment; {@link #after} gives it a moment later. The same commands and the same number
 * of steps always give the same station.
 *
 * @param time seconds since the beginning
 * @param level metres of water in the tank
 * @param inflow cubic metres an hour
 * @param valve percent open
 * @param controller integral part of the level controller, rpm
 * @param pumped cubic metres since the beginning
 * @param pumps the two
 * @param troubles what is wrong
 */
public record Station(
    double time,
    double level,
    double inflow,
    double valve,
    double controller,
    double pumped,
    List<Pump> pumps,
    Troubles troubles) {

  static final double TANK_HEIGHT = 5;
  static final double TANK_AREA = 40; // square metres
  static final double HIGH_LEVEL = 4.2;
  static final double LOW_LEVEL = 0.8;

  private static final double DRY_LEVEL = 0.3; // pumps stop
  private static final double WET_LEVEL = 0.6; // and may start again
  private static final double STATIC_HEAD = 9;
  private static final double PIPE_LOSS = 6.0 / (300.0 * 300); // metres at 300 m3/h, valve open
  private static final double VALVE_SPEED = 5; // percent a second
  private static final double DAY = 86_400;
  private static final double GAIN = 260; // rpm a metre
  private static final double RESET = 90; // seconds

  public Station {
    pumps = List.copyOf(pumps);
  }

  /** At rest, half full. */
  public static Station beginning() {
    Pump pump = Pump.resting(ambient(0));
    return new Station(0, 2.2, 0, 0, 900, 0, List.of(pump, pump), Troubles.NONE);
  }

  /** The same with these troubles from now on. */
  Station with(Troubles now) {
    return new Station(time, level, inflow, valve, controller, pumped, pumps, now);
  }

  /** A moment later; steps of 0.5 s and less are stable. */
  public Station after(Commands commands, double dt) {
    double moved =
        Commands.within(commands.valvePosition() - valve, -VALVE_SPEED * dt, VALVE_SPEED * dt);
    double position = valve + moved;
    double error = level - commands.levelSetPoint();
    double integral =
        Commands.within(controller + GAIN * error * dt / RESET, Pump.MIN_SPEED, Pump.RATED_SPEED);
    double speed = Commands.within(integral + GAIN * error, Pump.MIN_SPEED, Pump.RATED_SPEED);
    double back = backHead(position);
    Pump first = step(0, commands, speed, back, dt);
    Pump second = step(1, commands, speed, back, dt);
    double out = position > 0 ? first.flow() + second.flow() : 0;
    double in = commands.inflowMean() * (1 + 0.25 * Math.sin(time / 95) + 0.04 * noise(7));
    double volume = (in - out) / 3600 * dt;
    return new Station(
        time + dt,
        Commands.within(level + volume / TANK_AREA, 0, TANK_HEIGHT),
        Math.max(0, in),
        position,
        integral,
        pumped + out / 3600 * dt,
        List.of(first, second),
        troubles);
  }

  private Pump step(int index, Commands commands, double speed, double back, double dt) {
    Pump pump = pumps.get(index);
    boolean water = level > (pump.isRunning() ? DRY_LEVEL : WET_LEVEL);
    double demand = commands.pump(index) && water ? Math.min(speed, commands.limit(index)) : 0;
    // a check valve behind each pump: nothing flows back
    return pump.after(demand, back, ambient(time), noise(index), fault(index), dt);
  }

  private Pump.Fault fault(int index) {
    if (index == troubles.dryPump()) {
      return Pump.Fault.DRY;
    }
    return index == troubles.hotPump() ? Pump.Fault.NO_GREASE : Pump.Fault.NONE;
  }

  /** What the pumps work against: height, pipe and valve. A nearly shut valve holds almost everything. */
  private double backHead(double position) {
    double opening = Math.max(0.02, position / 100);
    double flow = flow();
    return STATIC_HEAD - level / 2 + PIPE_LOSS * flow * flow / (opening * opening);
  }

  /** Cubic metres an hour out of the station. */
  public double flow() {
    return pumps.stream().mapToDouble(Pump::flow).sum();
  }

  /** Kilowatts of the whole station; 0.9 of them for light, controller and ventilation. */
  public double power() {
    return 0.9 + pumps.stream().mapToDouble(Pump::power).sum();
  }

  /** Cubic metres in the tank. */
  public double volume() {
    return level * TANK_AREA;
  }

  /** Bar behind the pumps. */
  public double dischargePressure() {
    double head = pumps.stream().mapToDouble(Pump::head).max().orElse(0);
    return Math.max(STATIC_HEAD, head) * 9.81 / 100;
  }

  /** Degrees Celsius in the hall, over a day. */
  double ambient() {
    return ambient(time);
  }

  private static double ambient(double time) {
    return 19 + 4 * Math.sin(2 * Math.PI * time / DAY);
  }

  /** From -1 to 1; the same at the same time. */
  double noise(int source) {
    return new SplittableRandom(Math.round(time * 1000) * 31 + source).nextDouble(-1, 1);
  }
}

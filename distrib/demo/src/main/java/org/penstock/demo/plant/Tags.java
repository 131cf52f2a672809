package org.penstock.demo.plant;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.penstock.demo.plant.Tag.Format;
import org.penstock.demo.plant.Tag.Scene;
import org.penstock.demo.plant.Tag.Table;

/** All tags of the station, without gaps in any table: what a request covers is nothing but tags. */
public final class Tags {

  /** The station's own unit id. */
  public static final int STATION = 1;

  /** Unit id of the first pump; the second has the next. */
  public static final int FIRST_PUMP = 2;

  private static final double VOLTS = 400;
  private static final List<Tag> ALL = all();

  private Tags() {}

  /** All of them. */
  public static List<Tag> list() {
    return ALL;
  }

  /** Those of one unit. */
  public static List<Tag> of(int unit) {
    return ALL.stream().filter(tag -> tag.unit() == unit).toList();
  }

  private static List<Tag> all() {
    List<Tag> tags = new ArrayList<>();
    station(new Unit(STATION, tags));
    pump(new Unit(FIRST_PUMP, tags), 0);
    pump(new Unit(FIRST_PUMP + 1, tags), 1);
    return List.copyOf(tags);
  }

  private static void station(Unit unit) {
    unit.setting("level-setpoint", "m", c -> c.levelSetPoint());
    unit.setting("valve-command", "%", c -> c.valvePosition());
    unit.setting("inflow-mean", "m3/h", c -> c.inflowMean());
    unit.measured("level", "m", Station::level);
    unit.measured("volume", "m3", Station::volume);
    unit.measured("inflow", "m3/h", Station::inflow);
    unit.measured("outflow", "m3/h", Station::flow);
    unit.measured("valve-position", "%", Station::valve);
    unit.measured("discharge-pressure", "bar", Station::dischargePressure);
    unit.measured("suction-pressure", "bar", s -> s.level() * 9.81 / 100);
    unit.measured("power", "kW", Station::power);
    unit.measured("energy", "kWh", s -> s.pumps().stream().mapToDouble(Pump::energy).sum());
    unit.measured("pumped", "m3", Station::pumped);
    unit.measured("hall-temperature", "degC", Station::ambient);
    unit.measured("water-temperature", "degC", s -> 11 + s.ambient() / 20);
    unit.measured("turbidity", "NTU", s -> 1.2 + s.inflow() / 200 + 0.1 * s.noise(21));
    unit.measured("ph", "", s -> 7.3 + 0.05 * s.noise(22));
    unit.input("mains-voltage", "V", Format.UINT16, s -> VOLTS - s.power() / 4 + s.noise(23));
    unit.input("pumps-running", "", Format.UINT16, Tags::running);
    unit.input("grease-cartridges", "", Format.UINT16, s -> s.troubles().cartridges());
    unit.input("uptime", "s", Format.INT32, Station::time);
    unit.bit("level-high", s -> s.level() > Station.HIGH_LEVEL);
    unit.bit("level-low", s -> s.level() < Station.LOW_LEVEL);
    unit.bit("valve-open", s -> s.valve() > 99);
    unit.bit("valve-shut", s -> s.valve() < 1);
    unit.bit("mains-ok", s -> true);
  }

  private static void pump(Unit unit, int index) {
    unit.coil("enable", c -> c.pump(index));
    unit.setting("speed-limit", "rpm", c -> c.limit(index));
    unit.measured("speed", "rpm", s -> s.pumps().get(index).speed());
    unit.measured("flow", "m3/h", s -> s.pumps().get(index).flow());
    unit.measured("head", "m", s -> s.pumps().get(index).head());
    unit.measured("power", "kW", s -> s.pumps().get(index).power());
    unit.measured("current", "A", s -> current(s.pumps().get(index)));
    unit.measured("torque", "Nm", s -> torque(s.pumps().get(index)));
    unit.measured("bearing-temperature", "degC", s -> s.pumps().get(index).bearing());
    unit.measured("rear-bearing-temperature", "degC", s -> rear(s, s.pumps().get(index)));
    unit.measured("winding-temperature", "degC", s -> s.pumps().get(index).winding());
    unit.measured("vibration", "mm/s", s -> s.pumps().get(index).vibration());
    unit.measured("rear-vibration", "mm/s", s -> 0.7 * s.pumps().get(index).vibration());
    unit.measured("energy", "kWh", s -> s.pumps().get(index).energy());
    unit.input("running-time", "s", Format.INT32, s -> s.pumps().get(index).seconds());
    unit.input("starts", "", Format.UINT16, s -> s.pumps().get(index).starts());
    unit.bit("dry", s -> s.troubles().dryPump() == index);
    unit.bit("running", s -> s.pumps().get(index).isRunning());
    unit.bit("bearing-hot", s -> s.pumps().get(index).bearing() > 80);
    unit.bit("vibration-high", s -> s.pumps().get(index).vibration() > 4.5);
  }

  private static double running(Station station) {
    return station.pumps().stream().filter(Pump::isRunning).count();
  }

  /** Three phases at a power factor of 0.86. */
  private static double current(Pump pump) {
    return pump.power() * 1000 / (Math.sqrt(3) * VOLTS * 0.86);
  }

  private static double torque(Pump pump) {
    return pump.isRunning() ? pump.power() * 9549 / pump.speed() : 0;
  }

  private static double rear(Station station, Pump pump) {
    return station.ambient() + 0.8 * (pump.bearing() - station.ambient());
  }

  /** Places the tags of a unit one behind the other. */
  private static final class Unit {
    private final int id;
    private final List<Tag> tags;
    private final Map<Table, Integer> next = new EnumMap<>(Table.class);

    Unit(int id, List<Tag> tags) {
      this.id = id;
      this.tags = tags;
    }

    void setting(String name, String measure, ToDoubleFunction<Commands> value) {
      ToDoubleFunction<Scene> seen = scene -> value.applyAsDouble(scene.commands());
      add(name, measure, Table.HOLDING_REGISTERS, Format.FLOAT32, seen);
    }

    void coil(String name, Predicate<Commands> value) {
      ToDoubleFunction<Scene> seen = scene -> value.test(scene.commands()) ? 1 : 0;
      add(name, "", Table.COILS, Format.BOOL, seen);
    }

    void measured(String name, String measure, ToDoubleFunction<Station> value) {
      input(name, measure, Format.FLOAT32, value);
    }

    void input(String name, String measure, Format format, ToDoubleFunction<Station> value) {
      ToDoubleFunction<Scene> seen = scene -> value.applyAsDouble(scene.station());
      add(name, measure, Table.INPUT_REGISTERS, format, seen);
    }

    void bit(String name, Predicate<Station> value) {
      ToDoubleFunction<Scene> seen = scene -> value.test(scene.station()) ? 1 : 0;
      add(name, "", Table.DISCRETE_INPUTS, Format.BOOL, seen);
    }

    private void add(
        String name, String measure, Table table, Format format, ToDoubleFunction<Scene> value) {
      int address = next.getOrDefault(table, 0);
      next.put(table, address + format.size());
      tags.add(new Tag(name, measure, id, table, address, format, value));
    }
  }
}

package org.penstock.demo.plant;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.penstock.driver.modbus.simulator.ModbusSimulator;
import org.penstock.driver.modbus.simulator.RegisterBank;
import org.penstock.driver.modbus.simulator.SimulatedUnit;

/**
 * The station behind Modbus TCP on loopback. As a program: prints {@code ready PORT}, then answers the line
 * {@code count} with {@code count N}, the number of tags that its answers carried, and {@code acts} with
 * {@code acts STOPPED SLOWED}, whether somebody has ever disabled the second pump and limited the speed of the
 * first; ends at the end of its input. With troubles it goes through those of {@link Troubles#told} from the first
 * read on.
 */
public final class Plant implements AutoCloseable {

  private static final long STEP_MS = 100;
  private static final int WARM_UP_STEPS = 12_000; // twenty minutes before anyone looks

  private final ModbusSimulator modbus;
  private final ScheduledExecutorService clock;
  private final LongAdder counted = new LongAdder();
  private final boolean troubled;
  private volatile boolean read;
  private volatile boolean stopped;
  private volatile boolean slowed;

  private Plant(ModbusSimulator modbus, boolean troubled) {
    this.modbus = modbus;
    this.troubled = troubled;
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "demo/plant/clock");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Opens a plant in which all is well; port 0 takes any free one. */
  public static Plant open(int port) throws IOException {
    return open(port, false);
  }

  /** Opens the plant, with troubles if wanted. */
  static Plant open(int port, boolean troubled) throws IOException {
    Plant plant = new Plant(ModbusSimulator.open(port), troubled);
    plant.begin();
    return plant;
  }

  /** {@code [PORT [troubles]]}. */
  public static void main(String... args) throws IOException {
    int port = args.length == 0 ? 0 : Integer.parseInt(args[0]);
    try (Plant plant = open(port, List.of(args).contains("troubles"))) {
      plant.serve(System.out);
    }
  }

  private void serve(PrintStream out) throws IOException {
    out.println("ready " + port());
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(
          switch (line) {
            case "count" -> "count " + count();
            case "acts" -> acts();
            default -> "unknown " + line;
          });
    }
  }

  private void begin() {
    Commands commands = Commands.usual();
    Station[] now = {Station.beginning()};
    for (int i = 0; i < WARM_UP_STEPS; i++) {
      now[0] = now[0].after(commands, STEP_MS / 1000.0);
    }
    show(new Tag.Scene(now[0], commands), Tags.list());
    modbus.onRead(this::count);
    List<Tag> inputs = Tags.list().stream().filter(tag -> !tag.table().isWritable()).toList();
    double[] begun = {Double.NaN};
    clock.scheduleAtFixedRate(
        () -> {
          Commands set = commands();
          note(set);
          if (troubled && read) {
            begun[0] = Double.isNaN(begun[0]) ? now[0].time() : begun[0];
            now[0] = now[0].with(Troubles.told(now[0].time() - begun[0]));
          }
          now[0] = now[0].after(set, STEP_MS / 1000.0);
          show(new Tag.Scene(now[0], set), inputs);
        },
        STEP_MS,
        STEP_MS,
        TimeUnit.MILLISECONDS);
  }

  String acts() {
    return "acts " + stopped + " " + slowed;
  }

  private void note(Commands set) {
    stopped |= !set.secondPump();
    slowed |= set.firstLimit() < Pump.RATED_SPEED;
  }

  private void count(int unit, int function, int first, int count) {
    read = true;
    counted.add(Tags.of(unit).stream().filter(tag -> tag.isWithin(function, first, count)).count());
  }

  /** The port on which it listens. */
  public int port() {
    return modbus.port();
  }

  /** Tags that answers carried so far; counted before the answer is sent. */
  public long count() {
    return counted.sum();
  }

  /** What operators have written into registers and coils. */
  private Commands commands() {
    RegisterBank holding = modbus.unit(Tags.STATION).holdingRegisters();
    return new Commands(
        holding.getFloat(0),
        holding.getFloat(2),
        holding.getFloat(4),
        modbus.unit(Tags.FIRST_PUMP).coils().get(0) == 1,
        modbus.unit(Tags.FIRST_PUMP + 1).coils().get(0) == 1,
        modbus.unit(Tags.FIRST_PUMP).holdingRegisters().getFloat(0),
        modbus.unit(Tags.FIRST_PUMP + 1).holdingRegisters().getFloat(0));
  }

  private void show(Tag.Scene scene, List<Tag> tags) {
    for (Tag tag : tags) {
      RegisterBank bank = bank(modbus.unit(tag.unit()), tag.table());
      double value = tag.value().applyAsDouble(scene);
      switch (tag.format()) {
        case FLOAT32 -> bank.setFloat(tag.address(), (float) value);
        case INT32 -> bank.setInt(tag.address(), (int) value);
        default -> bank.set(tag.address(), (int) Math.round(value));
      }
    }
  }

  private static RegisterBank bank(SimulatedUnit unit, Tag.Table table) {
    return switch (table) {
      case COILS -> unit.coils();
      case DISCRETE_INPUTS -> unit.discreteInputs();
      case HOLDING_REGISTERS -> unit.holdingRegisters();
      case INPUT_REGISTERS -> unit.inputRegisters();
    };
  }

  @Override
  public void close() {
    clock.shutdownNow();
    modbus.close();
  }
}

package org.penstock.bench.wires;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.penstock.bench.Aim;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.Benchmark;
import org.penstock.bench.Rounds;
import org.penstock.bench.Row;
import org.penstock.driver.modbus.simulator.Behaviour;
import org.penstock.driver.modbus.simulator.ModbusSimulator;

/**
 * The same work on both sides, at the same pace: sources at a thousand messages a second, each through
 * three filters by key one after the other, through an asset, a filter and a logger, or through one to a
 * hundred filters side by side. Told is what a second of CPU carries; what the process needs without any
 * message is taken off on both sides. Last, whether an asset on a silent device, or scripts that are stopped,
 * cost the others anything. {@code PENSTOCK_BENCH_PART} names one shape to be run alone.
 */
public final class WiresBench implements Benchmark {

  private static final Shape SLOWER = new Shape("chains of 3", 2, 3, 1);

  private static final List<Shape> SHAPES =
      List.of(
          new Shape("chains of 3 filters", 8, 3, 1),
          new Shape("chains asset, filter, logger", 8, 3, 1, true),
          new Shape("fan-out 1", 8, 1, 1),
          new Shape("fan-out 10", 1, 1, 10),
          new Shape("fan-out 100", 1, 1, 100));

  @Override
  public String name() {
    return "wires";
  }

  @Override
  public String profile() {
    return "large";
  }

  @Override
  public List<Row> run(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    Optional<NodeRed> peer = NodeRed.find();
    if (peer.isEmpty()) {
      context.say("no Node-RED: " + NodeRed.HOW);
    }
    List<Row> rows = new ArrayList<>();
    String part = System.getenv().getOrDefault("PENSTOCK_BENCH_PART", "");
    for (Shape shape : SHAPES) {
      if (!part.isEmpty() && !part.equals(shape.name())) {
        continue;
      }
      WireGateway ours = new WireGateway(context, shape);
      if (peer.isPresent()) {
        Rounds.Medians medians =
            Rounds.alternate(
                context.rounds(3), ours::measure, () -> peer.get().measure(context, shape));
        rows.add(
            perCpu(shape, medians.ours())
                .beside(NodeRed.NAME, medians.peer().get("perCpu"))
                .aim(Aim.ratioAtLeast(5)));
        rows.add(micros(shape, medians.ours()).beside(NodeRed.NAME, cost(medians.peer())));
        rows.add(rate(shape, medians.ours()).beside(NodeRed.NAME, medians.peer().get("rate")));
      } else {
        Map<String, Double> alone = Rounds.alone(context.rounds(3), ours::measure);
        rows.add(perCpu(shape, alone));
        rows.add(micros(shape, alone));
        rows.add(rate(shape, alone));
      }
    }
    if (part.isEmpty()) {
      rows.add(besideSilent(context));
      rows.addAll(bombs(context));
    }
    return rows;
  }

  /** Ticks of all sources, while an asset waits for a silent device at one of them, on its own strand. */
  private static Row besideSilent(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    try (ModbusSimulator device = ModbusSimulator.open(0)) {
      device.unit(1);
      device.script(Behaviour.always(Behaviour.of(Behaviour.Kind.SILENT)));
      Rounds.Medians medians =
          againstControl(context, new WireGateway(context, SLOWER, Optional.of(device)));
      if (device.requests() == 0) {
        throw new BenchFailure("the silent device was never asked: nothing was waited for");
      }
      return ticks("ticks beside an asset on a silent device", "control: no such asset", medians);
    }
  }

  private static Rounds.Medians againstControl(BenchContext context, WireGateway disturbed)
      throws IOException, InterruptedException, BenchFailure {
    WireGateway control = new WireGateway(context, SLOWER);
    return Rounds.alternate(context.rounds(3), disturbed::measure, control::measure);
  }

  private static Row ticks(String figure, String control, Rounds.Medians medians) {
    return Row.of(figure, "1/s", medians.ours().get("ticks"))
        .beside(control, medians.peer().get("ticks"))
        .aim(Aim.ratioAtLeast(0.98));
  }

  /** Time from an envelope's arrival until the script was stopped; and what the timers beside it miss. */
  private static List<Row> bombs(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    Rounds.Medians medians =
        Rounds.alternate(
            context.rounds(3),
            new BombGateway(context, false)::measure,
            new BombGateway(context, true)::measure);
    return List.of(
        Row.of("bombs that were stopped", "", medians.ours().get("stopped"))
            .aim(Aim.atLeast(BombGateway.LEAST)),
        Row.of(
                "longest until a bomb was stopped, median of the rounds",
                "ms",
                medians.ours().get("longest"))
            .aim(Aim.atMost(200)),
        ticks("ticks of timers beside bombs", "control: no bombs", medians));
  }

  private static Row micros(Shape shape, Map<String, Double> figures) {
    return Row.of(shape.name() + ": CPU of an envelope", "us", cost(figures));
  }

  private static double cost(Map<String, Double> figures) {
    return 1e6 / figures.get("perCpu");
  }

  private static Row perCpu(Shape shape, Map<String, Double> figures) {
    return Row.of(shape.name() + ": messages per CPU second", "1/s", figures.get("perCpu"));
  }

  private static Row rate(Shape shape, Map<String, Double> figures) {
    return Row.of(shape.name() + ": messages delivered", "1/s", figures.get("rate"));
  }
}

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
 * three filters by key one after the other, or through a hundred side by side. Told is what a second of
 * CPU carries; what the process needs without any message is taken off on both sides. Last, whether an
 * asset on a silent device costs the others anything.
 */
public final class WiresBench implements Benchmark {

  private static final Shape CHAIN = new Shape("chains of 3", 8, 3, 1);
  private static final Shape SLOWER = new Shape("chains of 3", 2, 3, 1);
  private static final Shape FAN = new Shape("fan-out 100", 1, 1, 100);

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
    for (Shape shape : List.of(CHAIN, FAN)) {
      WireGateway ours = new WireGateway(context, shape);
      if (peer.isPresent()) {
        Rounds.Medians medians =
            Rounds.alternate(
                context.rounds(3), ours::measure, () -> peer.get().measure(context, shape));
        rows.add(
            perCpu(shape, medians.ours())
                .beside(NodeRed.NAME, medians.peer().get("perCpu"))
                .aim(Aim.ratioAtLeast(5)));
        rows.add(rate(shape, medians.ours()).beside(NodeRed.NAME, medians.peer().get("rate")));
      } else {
        Map<String, Double> alone = Rounds.alone(context.rounds(3), ours::measure);
        rows.add(perCpu(shape, alone));
        rows.add(rate(shape, alone));
      }
    }
    rows.add(beside(context));
    return rows;
  }

  /**
   * Ticks of sources whose chains are well, while an asset waits for a silent device at one of them. The
   * asset waits on its own strand: a receiver that blocks its wire is tried by the acceptance tests.
   */
  private static Row beside(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    try (ModbusSimulator device = ModbusSimulator.open(0)) {
      device.unit(1);
      device.script(Behaviour.always(Behaviour.of(Behaviour.Kind.SILENT)));
      WireGateway blocked = new WireGateway(context, SLOWER, Optional.of(device));
      WireGateway control = new WireGateway(context, SLOWER);
      Rounds.Medians medians =
          Rounds.alternate(context.rounds(3), blocked::measure, control::measure);
      if (device.requests() == 0) {
        throw new BenchFailure("the silent device was never asked: nothing was waited for");
      }
      return Row.of("ticks beside an asset on a silent device", "1/s", medians.ours().get("ticks"))
          .beside("control: no such asset", medians.peer().get("ticks"))
          .aim(Aim.ratioAtLeast(0.98));
    }
  }

  private static Row perCpu(Shape shape, Map<String, Double> figures) {
    return Row.of(shape.name() + ": messages per CPU second", "1/s", figures.get("perCpu"));
  }

  private static Row rate(Shape shape, Map<String, Double> figures) {
    return Row.of(shape.name() + ": messages delivered", "1/s", figures.get("rate"));
  }
}

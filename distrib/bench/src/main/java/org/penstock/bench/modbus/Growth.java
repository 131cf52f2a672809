package org.penstock.bench.modbus;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.penstock.bench.Aim;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.Rounds;
import org.penstock.bench.Row;

/**
 * What a value costs the whole driver, from few tags to many and from one device to many,
 * beside the cheapest of the smaller sizes: linear growth means that it stays.
 */
final class Growth {

  private static final int PORT = 19_000;
  private static final int MOST_DEVICES = 500;
  private static final List<Integer> TAGS = List.of(10, 100, 1_000, 10_000, 50_000);
  private static final List<Integer> DEVICES = List.of(1, 10, 100, MOST_DEVICES);

  private final BenchContext context;
  private final Rig rig;

  Growth(BenchContext context, Rig rig) {
    this.context = context;
    this.rig = rig;
  }

  /** The rows. */
  void run(List<Row> rows) throws IOException, InterruptedException, BenchFailure {
    context.say("from few tags and devices to many");
    Process simulator = rig.simulator("--port", "" + PORT, "--ports", "" + MOST_DEVICES);
    double cheapest = Double.MAX_VALUE;
    for (int tags : TAGS) {
      double cost = cost("tags=" + tags);
      rows.add(row(tags + " tags of 1 device", cost, cheapest));
      cheapest = Math.min(cheapest, cost);
    }
    cheapest = Double.MAX_VALUE;
    for (int devices : DEVICES) {
      double cost = cost("tags=100", "devices=" + devices);
      rows.add(row("100 tags of each of " + devices + " devices", cost, cheapest));
      cheapest = Math.min(cheapest, cost);
    }
    rig.stop(simulator);
  }

  private double cost(String... arguments) throws IOException, InterruptedException, BenchFailure {
    String[] all = new String[arguments.length + 4];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "mode=driver";
    all[arguments.length + 1] = "port=" + PORT;
    all[arguments.length + 2] = "warm=" + (context.quick() ? 3 : 5);
    all[arguments.length + 3] = "seconds=" + (context.quick() ? 2 : 5);
    Map<String, Double> figures = Rounds.alone(context.rounds(3), () -> rig.ours(all));
    return figures.get(Rig.CPU);
  }

  private static Row row(String size, double cost, double cheapest) {
    Row row = Row.of("CPU, " + size, "s/Mtag", cost);
    return cheapest == Double.MAX_VALUE
        ? row
        : row.beside("the cheapest of the smaller", cheapest).aim(Aim.ratioAtMost(1.5));
  }
}

package org.penstock.bench.poller;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.penstock.bench.Aim;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.Benchmark;
import org.penstock.bench.Row;

/**
 * Two hundred assets on two hundred devices, of which twenty are dead and twenty answer after two
 * seconds: how many polls of the healthy ones begin before their next is due, beside a run in which
 * all are healthy. Then what a value and a channel cost from one channel to fifty thousand, and from
 * one asset to a thousand.
 */
public final class PollerBench implements Benchmark {

  private static final int DEVICES = 200;
  private static final int CHANNELS = 10;
  private static final int INTERVAL_MS = 1_000;
  private static final int TENTH = 10;
  private static final int BUSES = 10;
  private static final int SETTLE_MS = 5_000;

  /** Assets and the channels of each; the first is what the others are compared with. */
  private static final int[][] SIZES = {
    {1, 1}, {1, 100}, {1, 1_000}, {1, 10_000}, {1, 50_000}, {10, 1_000}, {100, 100}, {1_000, 10}
  };

  private static final int[][] FEW_SIZES = {{1, 1}, {1, 1_000}, {1, 10_000}, {100, 100}};

  @Override
  public String name() {
    return "poller";
  }

  @Override
  public String profile() {
    return "large";
  }

  @Override
  public List<Row> run(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    List<Row> rows = new ArrayList<>(isolation(context));
    rows.addAll(sizes(context));
    return rows;
  }

  private static List<Row> isolation(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    double[] control = punctuality(context, false);
    double[] disturbed = punctuality(context, true);
    return List.of(
        Row.of("polls on time, healthy assets", "%", disturbed[0])
            .beside("control: all healthy", control[0])
            .aim(Aim.ratioAtLeast(0.98)),
        Row.of("threads of the gateway", "", disturbed[1])
            .beside("control: all healthy", control[1])
            .aim(Aim.atMost(100)),
        Row.of("CPU of the gateway", "% of a core", disturbed[2])
            .beside("control: all healthy", control[2]));
  }

  /** Percent on time of those that are healthy in both runs, threads, percent of a core. */
  private static double[] punctuality(BenchContext context, boolean disturb)
      throws IOException, InterruptedException, BenchFailure {
    try (PolledPlant plant = new PolledPlant(DEVICES)) {
      for (int i = 0; disturb && i < DEVICES; i += TENTH) {
        plant.kill(i);
        plant.slow(i + 1);
      }
      try (PolledGateway gateway =
          PolledGateway.start(context, plant.seed(DEVICES, CHANNELS, INTERVAL_MS), DEVICES)) {
        Thread.sleep(SETTLE_MS);
        PolledGateway.Reading before = gateway.read(i -> i % TENTH > 1);
        int seconds = context.quick() ? 20 : 30;
        Thread.sleep(seconds * 1000L);
        PolledGateway.Reading after = gateway.read(i -> i % TENTH > 1);
        double cpu = after.process().cpuSeconds() - before.process().cpuSeconds();
        context.say(
            "%s: %.0f of %.0f polls on time"
                .formatted(
                    disturb ? "20 dead, 20 slow" : "all healthy",
                    after.onTime() - before.onTime(),
                    after.asked() - before.asked()));
        return new double[] {
          after.percentOnTime(before), after.process().threads(), 100 * cpu / seconds
        };
      }
    }
  }

  private static List<Row> sizes(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    List<Row> rows = new ArrayList<>();
    double empty = 0;
    double reference = 0;
    for (int[] size : context.quick() ? FEW_SIZES : SIZES) {
      double[] cost = cost(context, size[0], size[1]);
      int channels = size[0] * size[1];
      String name = String.format(Locale.ROOT, "%,d assets of %,d channels", size[0], size[1]);
      if (channels == 1) {
        empty = cost[1];
      } else {
        Row value = Row.of("CPU per value, " + name, "us", cost[0]);
        if (channels == 1_000) {
          reference = cost[0];
        }
        rows.add(
            reference == 0 || channels < 1_000
                ? value
                : value.beside("1 asset of 1,000 channels", reference).aim(Aim.ratioAtMost(1.5)));
        rows.add(Row.of("heap per channel, " + name, "B", (cost[1] - empty) / channels));
      }
      rows.add(Row.of("threads, " + name, "", cost[2]).aim(Aim.atMost(100)));
    }
    return rows;
  }

  /** CPU per value in microseconds, live heap in bytes, threads. */
  private static double[] cost(BenchContext context, int assets, int channels)
      throws IOException, InterruptedException, BenchFailure {
    try (PolledPlant plant = new PolledPlant(Math.min(assets, BUSES));
        PolledGateway gateway =
            PolledGateway.start(context, plant.seed(assets, channels, INTERVAL_MS), assets)) {
      Thread.sleep(SETTLE_MS);
      PolledGateway.Reading before = gateway.read(i -> true);
      Thread.sleep(10_000);
      PolledGateway.Reading after = gateway.read(i -> true);
      double live = gateway.liveBytes();
      context.say(
          "%d x %d: %.0f values, %.1f us each, %.1f MB live"
              .formatted(
                  assets,
                  channels,
                  after.values() - before.values(),
                  after.cpuPerValue(before),
                  live / 1e6));
      return new double[] {after.cpuPerValue(before), live, after.process().threads()};
    }
  }
}

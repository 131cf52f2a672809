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
 * all are healthy. Then what a value and a channel cost from a thousand channels of an asset to fifty
 * thousand, and from one asset of ten channels to a thousand, without what the gateway needs anyway,
 * what the compiler takes, and the garbage of the start.
 * A poll has its price, too, whatever it reads: it stands in rows of its own.
 */
public final class PollerBench implements Benchmark {

  private static final int DEVICES = 200;
  private static final int CHANNELS = 10;
  private static final int INTERVAL_MS = 1_000;
  private static final int TENTH = 10;
  private static final int BUSES = 10;
  private static final int SETTLE_MS = 5_000;

  /** What is compared: ten thousand values a second, but for the row of one small asset. */
  private record Size(int assets, int channels, int intervalMs) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%,d assets of %,d channels each %,d ms", assets, channels, intervalMs);
    }
  }

  /** A single channel: what the gateway needs when it has next to nothing to do. */
  private static final Size IDLE = new Size(1, 1, 1_000);

  private static final List<Size> BY_CHANNELS =
      List.of(new Size(1, 1_000, 100), new Size(1, 10_000, 1_000), new Size(1, 50_000, 5_000));

  private static final List<Size> BY_ASSETS =
      List.of(
          new Size(1, 10, 5),
          new Size(10, 10, 10),
          new Size(100, 10, 100),
          new Size(1_000, 10, 1_000));

  private static final int CALM_MS = 20_000;
  private static final int SOME_POLLS = 10;

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
    Cost idle = cost(context, IDLE);
    rows.addAll(series(context, BY_CHANNELS, idle));
    rows.addAll(series(context, BY_ASSETS, idle));
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
        double cpu = after.cpuSince(before);
        if (disturb) {
          areDisturbed(gateway);
        }
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

  /** Dead and slow devices are so, or the figure beside them says nothing. */
  private static void areDisturbed(PolledGateway gateway)
      throws IOException, InterruptedException, BenchFailure {
    double dead = gateway.read(i -> i % TENTH == 0).values();
    PolledGateway.Reading slow = gateway.read(i -> i % TENTH == 1);
    double share = slow.values() / CHANNELS / slow.asked();
    if (dead > 0 || share == 0 || share > 0.6) {
      throw new BenchFailure(
          "devices are not disturbed: the dead gave %.0f values, the slow %.2f of the polls asked"
              .formatted(dead, share));
    }
  }

  /** Rows of sizes that differ in one respect, each beside the cheapest of those before it. */
  private static List<Row> series(BenchContext context, List<Size> sizes, Cost idle)
      throws IOException, InterruptedException, BenchFailure {
    List<Row> rows = new ArrayList<>();
    double reference = 0;
    for (Size size : sizes) {
      Cost cost = cost(context, size);
      double cpu = cost.cpuPerSecond() - idle.cpuPerSecond();
      double value = cpu / cost.valuesPerSecond();
      Row row = Row.of("CPU per value, " + size, "us", value);
      rows.add(
          reference == 0
              ? row
              : row.beside("the cheapest of the smaller", reference).aim(Aim.ratioAtMost(1.5)));
      reference = reference == 0 ? value : Math.min(value, reference);
      rows.add(Row.of("CPU per poll, " + size, "us", value * size.channels()));
      rows.add(
          Row.of(
              "heap per channel, " + size,
              "B",
              (cost.live() - idle.live()) / (size.assets() * size.channels())));
      rows.add(Row.of("threads, " + size, "", cost.threads()).aim(Aim.atMost(100)));
    }
    return rows;
  }

  /**
   * CPU in microseconds without that of the compiler, which has the same methods to compile for few
   * values and for many and is at it for minutes; live heap in bytes.
   */
  private record Cost(double cpuPerSecond, double valuesPerSecond, double live, double threads) {}

  private static Cost cost(BenchContext context, Size size)
      throws IOException, InterruptedException, BenchFailure {
    // what runs before it is compiled costs many times as much
    int calm = context.quick() ? SETTLE_MS : Math.max(CALM_MS, SOME_POLLS * size.intervalMs());
    try (PolledPlant plant = new PolledPlant(Math.min(size.assets(), BUSES));
        PolledGateway gateway =
            PolledGateway.start(
                context,
                plant.seed(size.assets(), size.channels(), size.intervalMs()),
                size.assets())) {
      Thread.sleep(calm);
      gateway.collect();
      PolledGateway.Reading before = gateway.read(i -> true);
      Thread.sleep(calm);
      PolledGateway.Reading after = gateway.read(i -> true);
      double seconds = after.secondsSince(before);
      Cost cost =
          new Cost(
              (after.cpuSince(before) - after.compilerSince(before)) * 1e6 / seconds,
              (after.values() - before.values()) / seconds,
              gateway.liveBytes(),
              after.process().threads());
      context.say(
          "%s: %.0f values/s, %.1f %% of a core and %.1f %% for the compiler, %.1f MB live"
              .formatted(
                  size,
                  cost.valuesPerSecond(),
                  cost.cpuPerSecond() / 1e4,
                  100 * after.compilerSince(before) / seconds,
                  cost.live() / 1e6));
      return cost;
    }
  }
}

package org.penstock.bench.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.penstock.bench.Aim;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.Benchmark;
import org.penstock.bench.Distribution;
import org.penstock.bench.Rounds;
import org.penstock.bench.Row;
import org.penstock.demo.StationSeed;
import org.penstock.demo.broker.Broker;
import org.penstock.demo.plant.Plant;
import org.penstock.demo.process.FreePort;
import org.penstock.demo.process.GatewayProcess;
import org.penstock.demo.process.ProcessFigures;

/**
 * Cold start of the product: an empty home, no cache of bundles, the demo's configuration. The peer's figures were
 * measured once and are no part of the run.
 */
public final class StartBench implements Benchmark {

  private static final String KURA = "Kura 5.6 (measured once)";
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final int PERIOD_MS = 100;
  private static final String PASSWORD = "correct horse";

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String profile() {
    return "small";
  }

  @Override
  public List<Row> run(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    int[] round = {0};
    try (Plant plant = Plant.open(0);
        Broker broker = Broker.start(context.work())) {
      String seed = StationSeed.xml(plant.port(), broker.port(), PERIOD_MS);
      Map<String, Double> figures =
          Rounds.alone(
              context.rounds(5),
              () -> start(context, broker, seed, context.work().resolve("start-" + round[0]++)));
      return rows(figures, Distribution.megabytes(context.install()));
    }
  }

  private static List<Row> rows(Map<String, Double> figures, double size) {
    List<Row> rows = new ArrayList<>();
    rows.add(Row.of("first value published", "s", figures.get("value")).aim(Aim.atMost(3)));
    rows.add(Row.of("/health 200", "s", figures.get("health")).beside(KURA, 6.5));
    rows.add(
        Row.of("CPU to first value", "s", figures.get("cpu"))
            .beside(KURA, 11.1)
            .aim(Aim.atMost(4)));
    rows.add(
        Row.of("resident a minute after", "MB", figures.get("rss"))
            .beside(KURA, 360)
            .aim(Aim.atMost(150)));
    rows.add(Row.of("threads", "", figures.get("threads")).beside(KURA, 112).aim(Aim.atMost(50)));
    rows.add(Row.of("distribution", "MB", size));
    return rows;
  }

  /**
   * Seconds since the start and what the gateway had used by then.
   *
   * @param seconds since its process began
   * @param used by it
   */
  private record Reading(double seconds, ProcessFigures used) {}

  private static Map<String, Double> start(
      BenchContext context, Broker broker, String seed, Path folder)
      throws IOException, InterruptedException, BenchFailure {
    Files.createDirectories(folder);
    GatewayProcess.Plan plan =
        new GatewayProcess.Plan(
            context.install(),
            folder.resolve("home"),
            FreePort.find(),
            Files.writeString(folder.resolve("password"), PASSWORD + "\n"),
            PASSWORD,
            Files.writeString(folder.resolve("seed.xml"), seed),
            context.profile());
    CompletableFuture<GatewayProcess> started = new CompletableFuture<>();
    long begin = System.nanoTime();
    try (FirstMessage<Reading> first =
            new FirstMessage<>(
                broker.port(), StationSeed.TOPICS, () -> reading(begin, started.join()));
        GatewayProcess gateway = GatewayProcess.launch(plan)) {
      started.complete(gateway);
      double health = awaitHealth(gateway, begin);
      Reading value = first.await(LIMIT.toSeconds());
      Thread.sleep(context.quick() ? 10_000 : 60_000);
      ProcessFigures later = gateway.child().figures();
      gateway.stop(STOP);
      Map<String, Double> figures = new HashMap<>();
      figures.put("value", value.seconds());
      figures.put("health", health);
      figures.put("cpu", value.used().cpuSeconds());
      figures.put("rss", later.residentMegabytes());
      figures.put("threads", (double) later.threads());
      context.say(figures.toString());
      return figures;
    }
  }

  private static Reading reading(long begin, GatewayProcess gateway) {
    try {
      return new Reading((System.nanoTime() - begin) / 1e9, gateway.child().figures());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double awaitHealth(GatewayProcess gateway, long begin)
      throws InterruptedException, BenchFailure {
    while (gateway.healthStatus() != 200) {
      if (System.nanoTime() - begin > LIMIT.toNanos()) {
        throw new BenchFailure(
            "no /health 200 within "
                + LIMIT.toSeconds()
                + " s; the gateway printed "
                + gateway.child().lastLines(10));
      }
      Thread.sleep(20);
    }
    return (System.nanoTime() - begin) / 1e9;
  }
}

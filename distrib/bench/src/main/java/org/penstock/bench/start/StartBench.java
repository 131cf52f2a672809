package org.penstock.bench.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.penstock.bench.Aim;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.Benchmark;
import org.penstock.bench.Distribution;
import org.penstock.bench.Rounds;
import org.penstock.bench.Row;
import org.penstock.demo.process.FreePort;
import org.penstock.demo.process.GatewayProcess;
import org.penstock.demo.process.ProcessFigures;

/** Cold start of the product: an empty home, no cache of bundles. */
public final class StartBench implements Benchmark {

  private static final String KURA = "Kura 5.6, measured once on this machine";
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final String EMPTY =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
          + "<esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\"/>\n";

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
    Map<String, Double> figures =
        Rounds.alone(
            context.rounds(5), () -> start(context, context.work().resolve("" + round[0]++)));
    List<Row> rows = new ArrayList<>();
    rows.add(Row.of("to /health 200", "s", figures.get("health")).beside(KURA, 6.5));
    rows.add(
        Row.of("CPU until then", "s", figures.get("cpu")).beside(KURA, 11.1).aim(Aim.atMost(4)));
    rows.add(Row.of("resident", "MB", figures.get("rss")).beside(KURA, 360).aim(Aim.atMost(150)));
    rows.add(Row.of("threads", "", figures.get("threads")).beside(KURA, 112).aim(Aim.atMost(50)));
    rows.add(Row.of("distribution", "MB", Distribution.megabytes(context.install())));
    return rows;
  }

  private static Map<String, Double> start(BenchContext context, Path folder)
      throws IOException, InterruptedException, BenchFailure {
    Files.createDirectories(folder);
    Path password = Files.writeString(folder.resolve("password"), "correct horse\n");
    Path seed = Files.writeString(folder.resolve("seed.xml"), EMPTY);
    GatewayProcess.Plan plan =
        new GatewayProcess.Plan(
            context.install(),
            folder.resolve("home"),
            FreePort.find(),
            password,
            "correct horse",
            seed,
            context.profile());
    Map<String, Double> figures = new HashMap<>();
    long begin = System.nanoTime();
    try (GatewayProcess gateway = GatewayProcess.launch(plan)) {
      gateway.awaitReady();
      while (gateway.healthStatus() != 200) {
        if (System.nanoTime() - begin > LIMIT.toNanos()) {
          throw new BenchFailure("no /health 200 within " + LIMIT.toSeconds() + " s");
        }
        Thread.sleep(5);
      }
      figures.put("health", (System.nanoTime() - begin) / 1e9);
      figures.put("cpu", gateway.child().figures().cpuSeconds());
      Thread.sleep(context.quick() ? 10_000 : 60_000);
      ProcessFigures later = gateway.child().figures();
      figures.put("rss", later.residentMegabytes());
      figures.put("threads", (double) later.threads());
      gateway.stop(STOP);
    }
    return figures;
  }
}

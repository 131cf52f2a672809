package org.penstock.bench.rest;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.penstock.bench.Aim;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.Benchmark;
import org.penstock.bench.Row;
import org.penstock.bench.Samples;
import org.penstock.demo.process.FreePort;
import org.penstock.demo.process.GatewayProcess;
import org.penstock.demo.process.ProcessFigures;

/**
 * Two hundred clients that ask without pause and a hundred event streams, while a hundred assets read
 * ten thousand tags a second; beside a run without them. The plant is the template driver's, in the
 * gateway: what is measured is the gateway, not a simulator.
 */
public final class RestBench implements Benchmark {

  private static final int ASSETS = 100;
  private static final int CHANNELS = 100;
  private static final int CLIENTS = 200;
  private static final int STREAMS = 100;
  private static final int GUESSERS = 10;
  private static final int PAGES = 30;
  private static final String PASSWORD = "correct horse";
  private static final String PAGE = "/api/v1/channels?limit=100";
  private static final String ASSET = "field/asset/asset";

  /** What goes on beside the data path. */
  private enum Load {
    NONE("control"),
    CLIENTS("with clients"),
    GUESSERS("with guessers");

    private final String words;

    Load(String words) {
      this.words = words;
    }
  }

  /**
   * The data path's figures at one time.
   *
   * @param connected milliseconds until a new connection had its answer, TLS included
   */
  private record Reading(
      long nanos,
      double asked,
      double onTime,
      double values,
      double dataPath,
      double connected,
      ProcessFigures process) {

    double onTimePercent(Reading since) {
      return 100 * (onTime - since.onTime) / (asked - since.asked);
    }

    double valuesPerSecond(Reading since) {
      return (values - since.values) / seconds(since);
    }

    double cpu(Reading since) {
      return process.cpuSeconds() - since.process.cpuSeconds();
    }

    double seconds(Reading since) {
      return (nanos - since.nanos) / 1e9;
    }
  }

  /** What one run gave. */
  private record Run(
      Reading before, Reading after, List<Double> millis, long refused, long guesses, double page) {

    double microsPerValue() {
      return 1e6 * (after.dataPath() - before.dataPath()) / (after.values() - before.values());
    }

    double cpuPerSecond() {
      return after.cpu(before) / after.seconds(before);
    }
  }

  @Override
  public String name() {
    return "rest";
  }

  @Override
  public String profile() {
    return "large";
  }

  @Override
  public List<Row> run(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    Run control = run(context, Load.NONE);
    Run loaded = run(context, Load.CLIENTS);
    Run guessed = run(context, Load.GUESSERS);
    double seconds = loaded.after().seconds(loaded.before());
    Samples millis = Samples.of(loaded.millis());
    double extra = loaded.cpuPerSecond() - control.cpuPerSecond();
    String beside = "control: no clients";
    List<Row> rows = new ArrayList<>();
    rows.add(
        Row.of("requests a second, 200 clients, 100 streams", "1/s", millis.count() / seconds));
    rows.add(Row.of("half of the answers within", "ms", millis.median()));
    rows.add(Row.of("99 % of the answers within", "ms", millis.percentile(99)));
    rows.add(Row.of("refused or broken", "", loaded.refused()).aim(Aim.atMost(0)));
    rows.add(
        Row.of(
            "CPU for a request, streams included", "ms", 1000 * extra * seconds / millis.count()));
    rows.add(
        Row.of("values read a second", "1/s", perSecond(loaded))
            .beside(beside, perSecond(control))
            .aim(Aim.ratioAtLeast(0.98)));
    rows.add(
        Row.of("polls on time", "%", loaded.after().onTimePercent(loaded.before()))
            .beside(beside, control.after().onTimePercent(control.before()))
            .aim(Aim.ratioAtLeast(0.98)));
    rows.add(
        Row.of("a new connection meanwhile, TLS included", "ms", loaded.after().connected())
            .beside(beside, control.after().connected())
            .aim(Aim.atMost(5000)));
    rows.add(
        Row.of("first page of 10,000 channels, nothing else asked", "ms", control.page())
            .aim(Aim.atMost(100)));
    rows.add(Row.of("passwords guessed from 10 addresses", "", guessed.guesses()));
    rows.add(
        Row.of("CPU of the data path for a value meanwhile", "us", guessed.microsPerValue())
            .beside(beside, control.microsPerValue())
            .aim(Aim.ratioAtMost(1.1)));
    rows.add(
        Row.of("values read a second meanwhile", "1/s", perSecond(guessed))
            .beside(beside, perSecond(control))
            .aim(Aim.ratioAtLeast(0.98)));
    return rows;
  }

  private static double perSecond(Run run) {
    return run.after().valuesPerSecond(run.before());
  }

  private static Run run(BenchContext context, Load load)
      throws IOException, InterruptedException, BenchFailure {
    Path folder = Files.createTempDirectory(context.work(), "gateway-");
    int port = FreePort.find();
    try (GatewayProcess gateway =
        GatewayProcess.launch(
            new GatewayProcess.Plan(
                context.install(),
                folder.resolve("home"),
                port,
                Files.writeString(folder.resolve("password"), PASSWORD + "\n"),
                PASSWORD,
                Files.writeString(folder.resolve("seed.xml"), ToyPlant.seed(ASSETS, CHANNELS)),
                context.profile()))) {
      gateway.awaitReady();
      double page = page(port);
      try (Crowd crowd = new Crowd(port, PASSWORD)) {
        if (load == Load.CLIENTS) {
          crowd.watchers(STREAMS);
          crowd.clients(CLIENTS, PAGE);
        } else if (load == Load.GUESSERS) {
          crowd.guessers(GUESSERS, PAGE);
        }
        Thread.sleep(context.quick() ? 10_000 : 20_000);
        crowd.measure(true);
        Reading before = read(gateway, port);
        Thread.sleep(context.quick() ? 15_000 : 40_000);
        crowd.measure(false);
        Reading after = read(gateway, port);
        context.say(
            "%s: %d requests, %.0f values/s, %.0f %% of a core"
                .formatted(
                    load.words,
                    crowd.millis().size(),
                    after.valuesPerSecond(before),
                    100 * after.cpu(before) / after.seconds(before)));
        return new Run(before, after, crowd.millis(), crowd.refused(), crowd.guesses(), page);
      } finally {
        gateway.stop(Duration.ofSeconds(20));
      }
    }
  }

  /** Median time of a first page, in milliseconds, when the code is warm. */
  private static double page(int port) throws IOException, BenchFailure {
    List<Double> millis = new ArrayList<>();
    try (Connection connection = new Connection(port, 1, PASSWORD)) {
      for (int i = 0; i < 2 * PAGES; i++) {
        long begin = System.nanoTime();
        int status = connection.get(PAGE);
        if (status != 200) {
          throw new BenchFailure(PAGE + " answered " + status);
        }
        if (i >= PAGES) {
          millis.add((System.nanoTime() - begin) / 1e6);
        }
      }
    }
    return Samples.of(millis).median();
  }

  /** Over a new connection: one that was opened before would be cut off as idle meanwhile. */
  private static Reading read(GatewayProcess gateway, int port) throws IOException {
    double asked = 0;
    double onTime = 0;
    double values = 0;
    ProcessFigures process = gateway.child().figures();
    double dataPath = DataPathCpu.seconds(gateway.child().pid());
    long begin = System.nanoTime();
    JsonObject health;
    try (Connection connection = new Connection(port, 1, PASSWORD)) {
      health = JsonParser.parseString(connection.body("/health")).getAsJsonObject();
    }
    double connected = (System.nanoTime() - begin) / 1e6;
    for (String source : health.getAsJsonObject("states").keySet()) {
      if (source.startsWith(ASSET)) {
        asked += GatewayProcess.figure(health, source, "polls.asked").orElse(0);
        onTime += GatewayProcess.figure(health, source, "polls.ontime").orElse(0);
        values += GatewayProcess.figure(health, source, "values.read").orElse(0);
      }
    }
    return new Reading(System.nanoTime(), asked, onTime, values, dataPath, connected, process);
  }
}

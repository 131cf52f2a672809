package org.penstock.bench.lorawan;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.penstock.bench.Aim;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.Benchmark;
import org.penstock.bench.Row;
import org.penstock.demo.broker.Broker;

/**
 * Uplinks of 10,000 devices: UDP, MIC, counters on disk, cipher, Cayenne LPP, a channel event each, per second of
 * CPU time. lora-packet takes the same frames apart, verifies and deciphers them, and does nothing else. Then the
 * way of uplinks through the assembled product to a subscriber.
 */
public final class LorawanBench implements Benchmark {

  private static final String KEY = "44024241ed4ce9a68c6a8bc055233fd3";
  private static final int DEVICES = 10_000;
  private static final long LIMIT_SECONDS = 300;
  private static final int WINDOW_MS = 200;
  private static final int MARGIN_MS = 50;
  private static final String SCRIPT =
      "bundles/org.penstock.driver.lorawan/src/test/node/verify.cjs";

  @Override
  public String name() {
    return "lorawan";
  }

  @Override
  public String profile() {
    return "large";
  }

  @Override
  public List<Row> run(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    List<Double> rates = new ArrayList<>();
    List<Double> peers = new ArrayList<>();
    double heap = 0;
    double lost = 0;
    double missed = 0;
    Path frames = context.work().resolve("frames");
    Optional<Path> script = script(context.install());
    for (int round = 0; round < context.rounds(3); round++) {
      JsonObject ours = ours(context.quick() ? 50_000 : 200_000, frames);
      rates.add(ours.get("perCore").getAsDouble());
      heap = Math.max(heap, ours.get("heapMb").getAsDouble());
      lost += ours.get("lost").getAsDouble();
      missed += ours.get("rx1Missed").getAsDouble();
      if (script.isPresent()) {
        List<String> node = List.of("node", script.get().toString(), frames.toString(), KEY, KEY);
        peers.add(run(node).get("perCore").getAsDouble());
      }
      context.say("round " + round + ": " + ours + " beside " + peers);
    }
    List<Row> rows = new ArrayList<>(roads(context));
    Row rate =
        Row.of("uplinks to channel events", "1/s of a core", median(rates))
            .aim(Aim.atLeast(10_000));
    rows.add(peers.isEmpty() ? rate : rate.beside("lora-packet 0.9.3, verify", median(peers)));
    rows.add(Row.of("uplinks lost", "frames", lost).aim(Aim.atMost(0)));
    rows.add(
        Row.of("of 4,000 confirmed uplinks at 400/s, not answered in RX1", "frames", missed)
            .aim(Aim.atMost(0)));
    rows.add(Row.of("heap with 10,000 devices, the load's own included", "MB", heap));
    return rows;
  }

  /** On the assembled product: the way to a subscriber with one gateway, and with two and their window. */
  private static List<Row> roads(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    List<Row> rows = new ArrayList<>();
    try (Broker broker = Broker.start(context.work())) {
      for (int gateways = 1; gateways <= 2; gateways++) {
        List<LorawanRoad.Figures> all = new ArrayList<>();
        try (LorawanRoad road = LorawanRoad.start(context, broker, gateways)) {
          for (int round = 0; round < context.rounds(3); round++) {
            all.add(road.run(context.quick() ? 4_000 : 12_000));
            context.say(gateways + " gateways, round " + round + ": " + all.get(round));
          }
        }
        String of = " at 400/s, " + (gateways == 1 ? "one gateway" : "two gateways, window 200 ms");
        int limit = gateways == 1 ? MARGIN_MS : WINDOW_MS + MARGIN_MS;
        List<Double> p99 = all.stream().map(LorawanRoad.Figures::p99).toList();
        List<Double> cpu = all.stream().map(LorawanRoad.Figures::cpuMicros).toList();
        rows.add(Row.of("p99 uplink to MQTT" + of, "ms", median(p99)).aim(Aim.atMost(limit)));
        rows.add(Row.of("CPU per uplink to MQTT" + of, "us", median(cpu)));
        rows.add(
            Row.of(
                    "uplinks not at the subscriber" + of,
                    "uplinks",
                    all.stream().mapToInt(LorawanRoad.Figures::lost).sum())
                .aim(Aim.atMost(0)));
      }
    }
    return rows;
  }

  private static JsonObject ours(int count, Path frames)
      throws IOException, InterruptedException, BenchFailure {
    return run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            "org.penstock.driver.lorawan.LorawanLoad",
            Integer.toString(DEVICES),
            Integer.toString(count),
            frames.toString()));
  }

  /** The peer's script, when {@code npm ci} was run beside it in the tree that the distribution was built from. */
  private static Optional<Path> script(Path install) {
    for (Path folder = install.toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path script = folder.resolve(SCRIPT);
      if (Files.isDirectory(script.resolveSibling("node_modules"))) {
        return Optional.of(script);
      }
    }
    return Optional.empty();
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private static JsonObject run(List<String> command)
      throws IOException, InterruptedException, BenchFailure {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || !output.startsWith("{")) {
      process.destroyForcibly();
      throw new BenchFailure("no figures from " + command + ": " + output);
    }
    return JsonParser.parseString(output).getAsJsonObject();
  }
}

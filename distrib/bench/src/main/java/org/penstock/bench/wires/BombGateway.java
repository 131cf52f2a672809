package org.penstock.bench.wires;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.demo.SeedSnapshot;
import org.penstock.demo.process.GatewayProcess;

/**
 * Scripts that loop or fill memory, each a component of one graph at one timer, beside other timers of the
 * same graph; or, for control, scripts that do nothing in their places.
 */
final class BombGateway {

  /** Fewer that were stopped would be no measurement. */
  static final int LEAST = 40;

  private static final String CASES = "/org/penstock/flow/script/bombs.txt";
  private static final int NEIGHBOURS = 4;
  private static final int PERIOD_MS = 10;

  /** All bombs of a round, one after the other, should be through by then. */
  private static final int FUSE_MS = 15_000;

  private static final double NANOS_PER_MS = 1e6;
  private static final Duration STOP = Duration.ofSeconds(20);

  private final BenchContext context;
  private final boolean harmless;

  /**
   * @param harmless the control run
   */
  BombGateway(BenchContext context, boolean harmless) {
    this.context = context;
    this.harmless = harmless;
  }

  /** {@code stopped}, {@code longest} in ms, and the {@code ticks} of the neighbours per second. */
  Map<String, Double> measure() throws IOException, InterruptedException, BenchFailure {
    Map<String, String> bombs = bombs();
    try (GatewayProcess gateway = GatewayProcess.launch(WireGateway.plan(context, seed(bombs)))) {
      gateway.awaitReady();
      Thread.sleep(context.quick() ? 3_000 : 8_000);
      long began = System.nanoTime();
      double before = ticks(gateway);
      Thread.sleep(context.quick() ? 30_000 : 60_000);
      double ticks = (ticks(gateway) - before) * 1e9 / (System.nanoTime() - began);
      Map<String, Double> figures = stopped(gateway, bombs);
      gateway.stop(STOP);
      if (!harmless && figures.get("stopped") < LEAST) {
        throw new BenchFailure("of " + bombs.size() + " bombs " + figures + " were stopped");
      }
      figures.put("ticks", ticks);
      context.say((harmless ? "control: " : "bombs: ") + figures);
      return figures;
    }
  }

  private static double ticks(GatewayProcess gateway) throws IOException, InterruptedException {
    JsonObject health = gateway.health();
    double ticks = 0;
    for (int i = 0; i < NEIGHBOURS; i++) {
      ticks += GatewayProcess.figure(health, "flow/timer/n" + i, "ticks").orElse(0);
    }
    return ticks;
  }

  /** Those that ran and are said on the health page to have been ended, and the longest of them all. */
  private Map<String, Double> stopped(GatewayProcess gateway, Map<String, String> bombs)
      throws IOException, InterruptedException {
    JsonObject states = gateway.health().getAsJsonObject("states");
    String body = gateway.send("GET", "/api/v1/flows/main", "").body();
    double stopped = 0;
    double longest = 0;
    String worst = "";
    for (JsonElement one :
        JsonParser.parseString(body).getAsJsonObject().getAsJsonArray("components")) {
      JsonObject component = one.getAsJsonObject();
      String pid = component.get("pid").getAsString();
      JsonObject state = states.getAsJsonObject("flow/script/" + pid);
      if (!bombs.containsKey(pid) || state == null || component.get("received").getAsLong() == 0) {
        continue;
      }
      if (state.toString().contains("FAILED")) {
        stopped++;
      }
      double took = component.get("longestNanos").getAsDouble() / NANOS_PER_MS;
      if (took > longest) {
        longest = took;
        worst = pid + " " + state;
      }
    }
    context.say("longest: " + worst);
    return new LinkedHashMap<>(Map.of("stopped", stopped, "longest", longest));
  }

  private static Map<String, String> bombs() throws IOException {
    Map<String, String> bombs = new LinkedHashMap<>();
    try (InputStream in = BombGateway.class.getResourceAsStream(CASES)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String one : text.split("(?m)^=== ")) {
        if (!one.isBlank()) {
          bombs.put("bomb" + bombs.size(), one.substring(one.indexOf('\n') + 1));
        }
      }
    }
    return bombs;
  }

  private String seed(Map<String, String> bombs) {
    SeedSnapshot seed = new SeedSnapshot();
    JsonArray components = new JsonArray();
    JsonArray wires = new JsonArray();
    timer(seed, components, "fuse", FUSE_MS);
    bombs.forEach(
        (pid, source) -> {
          seed.component(
              pid,
              "org.eclipse.kura.wire.script.tools.FilterComponent",
              "script",
              harmless ? "output = []" : source);
          components.add(WireGateway.node(pid, 1, 1));
          wires.add(WireGateway.wire("fuse", pid));
        });
    for (int i = 0; i < NEIGHBOURS; i++) {
      timer(seed, components, "n" + i, PERIOD_MS);
      seed.component("f" + i, "org.eclipse.kura.wire.RegexFilter", "regex.filter", "T.*");
      components.add(WireGateway.node("f" + i, 1, 1));
      wires.add(WireGateway.wire("n" + i, "f" + i));
    }
    return WireGateway.graph(seed, components, wires);
  }

  private static void timer(SeedSnapshot seed, JsonArray components, String pid, int periodMs) {
    seed.component(
        pid,
        "org.eclipse.kura.wire.Timer",
        "simple.interval",
        periodMs,
        "simple.time.unit",
        "MILLISECONDS");
    components.add(WireGateway.node(pid, 0, 1));
  }
}

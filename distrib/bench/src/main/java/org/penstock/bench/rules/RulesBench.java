package org.penstock.bench.rules;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.penstock.bench.Aim;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.Benchmark;
import org.penstock.bench.Rounds;
import org.penstock.bench.Row;
import org.penstock.bench.Samples;
import org.penstock.bench.wires.NodeRed;

/**
 * The same events of 100 devices through our rules, Siddhi and Node-RED's function nodes, by turns, each in a
 * process of its own: what a second of CPU carries, compiler and collector included. Node-RED's second also
 * pays for making the messages. Then 8,000 whole rules with 800 events a second, each for ten rules. Last, the time
 * from a change in a device to the write that a rule makes of it, on the assembled product.
 */
public final class RulesBench implements Benchmark {

  private static final long LIMIT_SECONDS = 300;
  private static final String SIDDHI = "Siddhi 5.1.30";
  private static final String PEER = "distrib/bench/src/peers/siddhi";
  private static final String HOW =
      "mvn -f "
          + PEER
          + " dependency:copy-dependencies -DoutputDirectory=<folder>, then -Dpenstock.siddhi=<folder>"
          + " or the environment variable PENSTOCK_SIDDHI";
  private static final double CONDITIONS = 10e6;
  private static final double TIMES = 5;
  private static final double CORE_PERCENT = 25;
  private static final double RULE_KB = 50;
  private static final String PERCENT = "% of a core";
  private static final String DROPPED = "dropped";
  private static final double LATENCY_MS = 50;

  /** The same thing in the words of all three. */
  private enum Work {
    CONDITION("simple conditions", "if (m.v > 80) context.fired = (context.fired || 0) + 1"),
    AVERAGE(
        "average over 1 s by key",
        "const all = context.all || (context.all = {}); const k = all[m.id] || (all[m.id] = {q: [], s: 0});"
            + " k.q.push(m); k.s += m.v; while (k.q[0].ts <= m.ts - 1000) k.s -= k.q.shift().v;"
            + " if (k.s / k.q.length > 1000) context.fired = (context.fired || 0) + 1"),
    SEQUENCE(
        "a then b within 1 s by key",
        "const all = context.all || (context.all = {});"
            + " if (m.v > 80) { if (m.kind === 0) all[m.id] = m.ts;"
            + " else if (m.ts - all[m.id] <= 1000) { context.fired = (context.fired || 0) + 1;"
            + " delete all[m.id]; } }");

    private final String title;
    private final String code;

    Work(String title, String code) {
      this.title = title;
      this.code = "const m = msg.payload; " + code;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Makes the i-th event, the same as the other two get. */
    String source() {
      return "const kinds = "
          + (this == SEQUENCE ? 2 : 1)
          + "; const next = i => { const p = Math.floor(i / 100) % (2 * kinds);"
          + " return {id: i % 100, kind: p % kinds, v: p < kinds ? 90 : 20, ts: 1.8e12 + i}; }";
    }
  }

  @Override
  public String name() {
    return "rules";
  }

  @Override
  public String profile() {
    return "large";
  }

  @Override
  public List<Row> run(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    Optional<Path> siddhi = siddhi();
    Optional<NodeRed> red = NodeRed.find();
    if (siddhi.isEmpty()) {
      context.say("no Siddhi: " + HOW);
    }
    if (red.isEmpty()) {
      context.say("no Node-RED: " + NodeRed.HOW);
    }
    List<Row> rows = new ArrayList<>();
    for (Work work : Work.values()) {
      rows.addAll(rows(context, work, siddhi, red));
    }
    JsonObject many = many(context, "many");
    JsonObject windows = many(context, "windows");
    rows.add(
        Row.of("8,000 conditions at 800 events/s, each for 10 rules", PERCENT, percent(many))
            .aim(Aim.atMost(CORE_PERCENT)));
    rows.add(
        Row.of("the same with a window of 10 s in each rule", PERCENT, percent(windows))
            .aim(Aim.atMost(CORE_PERCENT)));
    rows.add(
        Row.of("memory of a rule, with window", "KB", value(windows, "bytesAtWork") / 1024)
            .aim(Aim.atMost(RULE_KB)));
    rows.add(
        Row.of("values dropped meanwhile", "values", value(many, DROPPED) + value(windows, DROPPED))
            .aim(Aim.atMost(0)));
    Samples interlock = new Interlock(context).measure(context.quick() ? 200 : 1000);
    context.say(
        "interlock: median %.1f ms, most %.1f ms".formatted(interlock.median(), interlock.max()));
    rows.add(
        Row.of(
                "register change to write seen at the device, 10 ms poll, p99",
                "ms",
                interlock.percentile(99))
            .aim(Aim.atMost(LATENCY_MS)));
    return rows;
  }

  /** Rules with a condition, or with a window as well; each event is for ten of them. */
  private static JsonObject many(BenchContext context, String word)
      throws IOException, InterruptedException, BenchFailure {
    JsonObject figures = json(ours(word, context.quick() ? 10 : 30));
    context.say("8,000 rules, " + word + ": " + figures);
    return figures;
  }

  private static double percent(JsonObject figures) {
    return value(figures, "core") * 100;
  }

  private static List<Row> rows(
      BenchContext context, Work work, Optional<Path> siddhi, Optional<NodeRed> red)
      throws IOException, InterruptedException, BenchFailure {
    int events = // the first quarter is for the compilers of both: fewer would measure these
        switch (work) {
          case CONDITION -> 30_000_000;
          case AVERAGE -> 10_000_000;
          case SEQUENCE -> 3_000_000;
        };
    Rounds.Side ours = () -> told(context, work, "ours", json(ours(work.word(), events)));
    int rounds = context.rounds(3);
    Row row = Row.of(work.title + ": events per CPU second", "1/s", 0);
    List<Row> rows = new ArrayList<>();
    if (siddhi.isPresent()) {
      Rounds.Medians medians =
          Rounds.alternate(
              rounds,
              ours,
              () -> told(context, work, SIDDHI, json(peer(context, siddhi.get(), work, events))));
      row = Row.of(row.figure(), row.unit(), medians.ours().get("perCpu"));
      rows.add(
          row.beside(SIDDHI, medians.peer().get("perCpu"))
              .aim(work == Work.CONDITION ? Aim.atLeast(CONDITIONS) : Aim.ratioAtLeast(TIMES)));
    } else {
      row = Row.of(row.figure(), row.unit(), Rounds.alone(rounds, ours).get("perCpu"));
      rows.add(work == Work.CONDITION ? row.aim(Aim.atLeast(CONDITIONS)) : row);
    }
    if (red.isPresent()) {
      double peer = red.get().saturated(context, work.source(), work.code);
      context.say(work.word() + ", " + NodeRed.NAME + ": " + peer);
      rows.add(row.beside(NodeRed.NAME, peer));
    }
    return rows;
  }

  private static Map<String, Double> told(
      BenchContext context, Work work, String side, JsonObject figures) throws BenchFailure {
    context.say(work.word() + ", " + side + ": " + figures);
    boolean fires = value(figures, "fired") > 0;
    if (fires == (work == Work.AVERAGE)) {
      throw new BenchFailure(
          side + " fired " + value(figures, "fired") + " times: it did other work");
    }
    return Map.of("perCpu", value(figures, "perCpu"));
  }

  private static double value(JsonObject figures, String name) {
    return figures.get(name).getAsDouble();
  }

  /** Siddhi's jars, where they were said to be. */
  private static Optional<Path> siddhi() {
    String folder =
        Optional.ofNullable(System.getProperty("penstock.siddhi"))
            .orElse(System.getenv().getOrDefault("PENSTOCK_SIDDHI", ""));
    return folder.isEmpty()
        ? Optional.empty()
        : Optional.of(Path.of(folder)).filter(Files::isDirectory);
  }

  private static List<String> ours(String word, int count) {
    return java(
        System.getProperty("java.class.path"),
        "org.penstock.flow.rules.rule.RuleLoad",
        word,
        count);
  }

  /** Its source, in the tree that the distribution was built from. */
  private static List<String> peer(BenchContext context, Path jars, Work work, int events)
      throws BenchFailure {
    for (Path folder = context.install(); folder != null; folder = folder.getParent()) {
      Path source = folder.resolve(PEER).resolve("SiddhiPeer.java");
      if (Files.exists(source)) {
        return java(jars + "/*", source.toString(), work.word(), events);
      }
    }
    throw new BenchFailure("there is no " + PEER + " above " + context.install());
  }

  private static List<String> java(String classPath, String program, String word, int count) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-Xmx512m",
        "-cp",
        classPath,
        program,
        word,
        Integer.toString(count));
  }

  private static JsonObject json(List<String> command)
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

package org.penstock.bench.cloud;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.penstock.bench.Aim;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.Benchmark;
import org.penstock.bench.Rounds;
import org.penstock.bench.Row;
import org.penstock.demo.broker.Broker;

/**
 * The outbox and the road to a broker: durable appends beside SQLite, QoS 1 beside a bare Paho loop,
 * a line of 100 ms round trip, and live data while a backlog is drained.
 */
public final class CloudBench implements Benchmark {

  private static final int BYTES = 200;
  private static final String SQLITE = "SQLite (WAL, FULL, 10 ms)";
  private static final String PAHO = "bare Paho async loop";

  @Override
  public String name() {
    return "cloud";
  }

  @Override
  public String profile() {
    return "large";
  }

  @Override
  public List<Row> run(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    int count = context.quick() ? 50_000 : 500_000;
    try (Broker broker = Broker.start(context.work());
        SlowLine line = new SlowLine(broker.port(), 50)) {
      Rounds.Medians appends;
      Rounds.Medians sends;
      Map<String, Double> live;
      try (LoadedGateway gateway = LoadedGateway.start(context, broker.port())) {
        fill(gateway, count / 5); // both sides are warm before they count
        drain(gateway, count / 5);
        appends =
            Rounds.alternate(
                context.rounds(3),
                () -> appends(context, gateway, count),
                () -> Peers.sqlite(context.work(), count, BYTES));
        drain(gateway, count * context.rounds(3));
        sends =
            Rounds.alternate(
                context.rounds(3),
                () -> sends(context, gateway, count),
                () -> Peers.paho(broker.port(), count, BYTES));
        live = live(context, gateway, count * 2);
      }
      Map<String, Double> slow;
      try (LoadedGateway gateway = LoadedGateway.start(context, line.port())) {
        slow = sends(context, gateway, count / 5);
      }
      return rows(appends, sends, slow, live);
    }
  }

  private static List<Row> rows(
      Rounds.Medians appends,
      Rounds.Medians sends,
      Map<String, Double> slow,
      Map<String, Double> live) {
    Map<String, Double> store = appends.ours();
    Map<String, Double> lite = appends.peer();
    Map<String, Double> drain = sends.ours();
    Map<String, Double> loop = sends.peer();
    return List.of(
        Row.of("durable appends", "1/s", store.get("rate"))
            .beside(SQLITE, lite.get("rate"))
            .aim(Aim.atLeast(100_000)),
        Row.of("CPU per durable append", "us", store.get("cpu"))
            .beside(SQLITE, lite.get("cpu"))
            .aim(Aim.ratioAtMost(0.2)),
        Row.of("QoS 1 from the outbox", "1/s", drain.get("rate"))
            .beside(PAHO, loop.get("rate"))
            .aim(Aim.ratioAtLeast(0.7)),
        Row.of("CPU per QoS 1 message", "us", drain.get("cpu")).beside(PAHO, loop.get("cpu")),
        Row.of("QoS 1 at 100 ms round trip", "1/s", slow.get("rate")).aim(Aim.atLeast(5000)),
        Row.of("live p99 while a backlog drains", "ms", live.get("p99")).aim(Aim.atMost(500)),
        Row.of("live median while a backlog drains", "ms", live.get("p50")));
  }

  private static double fill(LoadedGateway gateway, int count) throws IOException {
    return gateway.seconds("fill " + count + " " + BYTES);
  }

  private static double drain(LoadedGateway gateway, int count) throws IOException {
    gateway.ask("connect");
    double seconds = gateway.seconds("await " + count);
    gateway.ask("disconnect");
    return seconds;
  }

  private static Map<String, Double> appends(BenchContext context, LoadedGateway gateway, int count)
      throws IOException {
    double cpu = gateway.cpuSeconds();
    double seconds = fill(gateway, count);
    Map<String, Double> figures =
        Map.of("rate", count / seconds, "cpu", (gateway.cpuSeconds() - cpu) * 1e6 / count);
    context.say("appends " + figures);
    return figures;
  }

  private static Map<String, Double> sends(BenchContext context, LoadedGateway gateway, int count)
      throws IOException {
    fill(gateway, count);
    double cpu = gateway.cpuSeconds();
    double seconds = drain(gateway, count);
    Map<String, Double> figures =
        Map.of("rate", count / seconds, "cpu", (gateway.cpuSeconds() - cpu) * 1e6 / count);
    context.say("QoS 1 " + figures);
    return figures;
  }

  private static Map<String, Double> live(BenchContext context, LoadedGateway gateway, int count)
      throws IOException {
    fill(gateway, count);
    gateway.ask("connect");
    gateway.ask("live");
    gateway.ask("await " + count);
    String[] said = gateway.ask("latencies").split(" ");
    gateway.ask("disconnect");
    Map<String, Double> figures = new HashMap<>();
    figures.put("p50", Long.parseLong(said[1]) / 1e6);
    figures.put("p99", Long.parseLong(said[2]) / 1e6);
    context.say("live " + said[0] + " messages " + figures);
    return figures;
  }
}

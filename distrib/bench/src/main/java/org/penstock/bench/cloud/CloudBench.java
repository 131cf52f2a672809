package org.penstock.bench.cloud;

import java.io.IOException;
import java.util.ArrayList;
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
 * The outbox and the road to a broker: durable appends beside SQLite and H2's MVStore, sending beside
 * a bare Paho loop and mosquitto_pub, a line of 100 ms round trip, and live data while 5 million stored messages are
 * drained.
 */
public final class CloudBench implements Benchmark {

  private static final int BYTES = 200;
  private static final String SQLITE = "SQLite (WAL, FULL, 10 ms)";
  private static final int RECORD_BYTES = 200; // with topic, publisher and head 240 in the log
  private static final int OUTAGE = 5_000_000;
  private static final String MVSTORE = "H2 MVStore (10 ms)";
  private static final String PUB = "mosquitto_pub -l";
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
    List<Row> rows = new ArrayList<>();
    try (Broker broker = Broker.start(context.work());
        SlowLine line = new SlowLine(broker.port(), 50)) {
      try (LoadedGateway gateway = LoadedGateway.start(context, broker.port())) {
        fill(gateway, count / 5); // both sides are warm before they count
        drain(gateway, count / 5);
        appendRows(context, gateway, count, rows);
        double ceiling = sendRows(context, gateway, broker.port(), count, rows);
        outageRows(context, gateway, context.quick() ? count * 2 : OUTAGE, ceiling, rows);
      }
      try (LoadedGateway gateway = LoadedGateway.start(context, line.port())) {
        Map<String, Double> slow = sends(context, gateway, count / 5);
        rows.add(
            Row.of("QoS 1 at 100 ms round trip", "1/s", slow.get("rate")).aim(Aim.atLeast(5000)));
      }
    }
    return rows;
  }

  private static void appendRows(
      BenchContext context, LoadedGateway gateway, int count, List<Row> rows)
      throws IOException, InterruptedException, BenchFailure {
    int rounds = context.rounds(3);
    Rounds.Medians appends =
        Rounds.alternate(
            rounds,
            () -> appends(context, gateway, count),
            () -> Peers.sqlite(context.work(), count, BYTES));
    Map<String, Double> h2 =
        Rounds.alone(rounds, () -> Peers.mvstore(context.work(), count, BYTES));
    Map<String, Double> ours = appends.ours();
    Map<String, Double> lite = appends.peer();
    context.say("appends " + ours + ", SQLite " + lite + ", MVStore " + h2);
    rows.add(
        Row.of("durable appends", "1/s", ours.get("rate"))
            .beside(SQLITE, lite.get("rate"))
            .aim(Aim.atLeast(100_000)));
    rows.add(Row.of("durable appends", "1/s", ours.get("rate")).beside(MVSTORE, h2.get("rate")));
    rows.add(
        Row.of("CPU per durable append", "us", ours.get("cpu"))
            .beside(SQLITE, lite.get("cpu"))
            .aim(Aim.ratioAtMost(0.2)));
    rows.add(
        Row.of("CPU per durable append", "us", ours.get("cpu")).beside(MVSTORE, h2.get("cpu")));
    long before = gateway.written();
    int steady = context.quick() ? 2_500 : 10_000;
    gateway.ask("steady " + steady + " " + RECORD_BYTES);
    rows.add(
        Row.of(
                "written per 240 B record at 500/s",
                "B",
                (gateway.written() - before) / (double) steady)
            .aim(Aim.atMost(1500)));
    drain(gateway, count * rounds + steady);
  }

  /** Gives the rate of the bare loop. */
  private static double sendRows(
      BenchContext context, LoadedGateway gateway, int port, int count, List<Row> rows)
      throws IOException, InterruptedException, BenchFailure {
    int rounds = context.rounds(3);
    Rounds.Medians sends =
        Rounds.alternate(
            rounds, () -> sends(context, gateway, count), () -> Peers.paho(port, count, BYTES, 1));
    Rounds.Medians light =
        Rounds.alternate(
            rounds,
            () -> sendsLight(context, gateway, count),
            () -> Peers.paho(port, count, BYTES, 0));
    double pub1 = Peers.mosquittoPub(port, count / 5, BYTES, 1).get("rate");
    double pub0 = Peers.mosquittoPub(port, count, BYTES, 0).get("rate");
    double rate = sends.ours().get("rate");
    double rate0 = light.ours().get("rate");
    double ceiling = sends.peer().get("rate");
    rows.add(
        Row.of("QoS 1 from the outbox", "1/s", rate)
            .beside(PAHO, ceiling)
            .aim(Aim.ratioAtLeast(0.8)));
    rows.add(Row.of("QoS 1 from the outbox", "1/s", rate).beside(PUB, pub1));
    rows.add(Row.of("QoS 0 from the outbox", "1/s", rate0).beside(PAHO, light.peer().get("rate")));
    rows.add(Row.of("QoS 0 from the outbox", "1/s", rate0).beside(PUB, pub0));
    rows.add(
        Row.of("CPU per QoS 1 message", "us", sends.ours().get("cpu"))
            .beside(PAHO, sends.peer().get("cpu")));
    return ceiling;
  }

  private static void outageRows(
      BenchContext context, LoadedGateway gateway, int count, double ceiling, List<Row> rows)
      throws IOException {
    Map<String, Double> live = live(context, gateway, count);
    rows.add(
        Row.of("drain of " + count + " stored, live data beside", "1/s", live.get("rate"))
            .beside(PAHO, ceiling)
            .aim(Aim.ratioAtLeast(0.7)));
    rows.add(Row.of("live p99 while a backlog drains", "ms", live.get("p99")).aim(Aim.atMost(500)));
    rows.add(Row.of("live median while a backlog drains", "ms", live.get("p50")));
  }

  private static Map<String, Double> sendsLight(
      BenchContext context, LoadedGateway gateway, int count) throws IOException {
    gateway.ask("fill0 " + count + " " + BYTES);
    gateway.ask("connect");
    double seconds = gateway.seconds("await0 " + count);
    gateway.ask("disconnect");
    context.say("QoS 0 " + count / seconds);
    return Map.of("rate", count / seconds);
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
    double seconds = gateway.seconds("await " + count);
    String[] said = gateway.ask("latencies").split(" ");
    gateway.ask("disconnect");
    Map<String, Double> figures = new HashMap<>();
    figures.put("rate", count / seconds);
    figures.put("p50", Long.parseLong(said[1]) / 1e6);
    figures.put("p99", Long.parseLong(said[2]) / 1e6);
    context.say("live " + said[0] + " messages " + figures);
    return figures;
  }
}

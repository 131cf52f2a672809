package org.penstock.bench.modbus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.penstock.bench.Aim;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.Rounds;
import org.penstock.bench.Row;
import org.penstock.demo.broker.Broker;

/**
 * From the device to the broker's subscriber, beside Node-RED where it is installed. A value's age runs
 * from the device's answer to the subscriber.
 */
final class EndToEnd {

  private static final String CPU = "pid_cpu_s_per_Mtag";
  private static final String TAGS = "tags_s";
  private static final List<String> FAULTS = List.of("--bad-tid 2", "--late 2:1500", "--garbage 2");
  private static final double NEARLY_ALL = 0.99;

  private final BenchContext context;
  private final Rig rig;

  EndToEnd(BenchContext context, Rig rig) {
    this.context = context;
    this.rig = rig;
  }

  /** What a subscriber gets of a process; it waits for the first message, then until both sides are warm. */
  static Map<String, Double> delivered(
      BenchContext context, Rig rig, int broker, String topic, String form, long pid)
      throws IOException, InterruptedException, BenchFailure {
    return rig.probe(
        "--port",
        "" + broker,
        "--topic",
        topic,
        "--fmt",
        form,
        "--pid",
        "" + pid,
        "--warm",
        context.quick() ? "8" : "15",
        "--seconds",
        context.quick() ? "6" : "10");
  }

  /** What both sides deliver of a load; the peer's figures may be none. */
  private Rounds.Medians measure(PlantLoad load)
      throws IOException, InterruptedException, BenchFailure {
    context.say("end to end, " + load.name());
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--port", "" + PlantLoad.PORT, "--ports", "" + load.devices()));
    arguments.addAll(load.simulator());
    Process simulator = rig.simulator(arguments.toArray(String[]::new));
    try (Broker broker = Broker.start(context.work())) {
      int rounds = context.rounds(3);
      PublishingGateway ours = new PublishingGateway(context, rig, broker.port());
      Optional<NodeRedGateway> peer = NodeRedGateway.find(context, rig, broker.port());
      if (peer.isPresent()) {
        return Rounds.alternate(rounds, () -> ours.measure(load), () -> peer.get().measure(load));
      }
      context.say("no Node-RED with Modbus nodes beside it: " + NodeRedGateway.HOW);
      return new Rounds.Medians(Rounds.alone(rounds, () -> ours.measure(load)), Map.of());
    } finally {
      rig.stop(simulator);
    }
  }

  /** A row with the peer's figure, and the aim for their ratio, where there is a peer. */
  private static Row row(
      String figure, String unit, Rounds.Medians medians, String key, Aim ratioToPeer) {
    Row row = Row.of(figure, unit, medians.ours().get(key));
    return medians.peer().isEmpty()
        ? row
        : row.beside(NodeRedGateway.NAME, medians.peer().get(key)).aim(ratioToPeer);
  }

  void usual(List<Row> rows) throws IOException, InterruptedException, BenchFailure {
    PlantLoad load = new PlantLoad("100,000 tags/s", 10, 100);
    Rounds.Medians medians = measure(load);
    rows.add(all(load, medians));
    rows.add(row(of("CPU", load), "s/Mtag", medians, CPU, Aim.ratioAtMost(0.4)));
    rows.add(row(of("age p99", load), "ms", medians, "age_p99_ms", Aim.ratioAtMost(1)));
    rows.add(row(of("resident memory", load), "MB", medians, "pid_rss_mb", Aim.ratioAtMost(1.3)));
  }

  void ceiling(List<Row> rows) throws IOException, InterruptedException, BenchFailure {
    PlantLoad load = new PlantLoad("400,000 tags/s of 40 devices", 40, 100);
    Rounds.Medians medians = measure(load);
    rows.add(all(load, medians));
    rows.add(row(of("delivered", load), "tags/s", medians, TAGS, Aim.ratioAtLeast(1.15)));
    rows.add(row(of("CPU", load), "s/Mtag", medians, CPU, Aim.ratioAtMost(0.5)));
  }

  void slow(List<Row> rows) throws IOException, InterruptedException, BenchFailure {
    PlantLoad load = new PlantLoad("10 devices of 20 ms each 100 ms", 10, 100, "--delay", "20");
    Rounds.Medians medians = measure(load);
    rows.add(row(of("delivered", load), "tags/s", medians, TAGS, Aim.ratioAtLeast(1.2)));
  }

  void single(List<Row> rows) throws IOException, InterruptedException, BenchFailure {
    PlantLoad load = new PlantLoad("a message per tag, 40,000/s", 10, 1_000, 250, true, List.of());
    Rounds.Medians medians = measure(load);
    rows.add(all(load, medians));
    rows.add(row(of("CPU", load), "s/Mtag", medians, CPU, Aim.ratioAtMost(0.75)));
  }

  void faults(List<Row> rows) throws IOException, InterruptedException, BenchFailure {
    double wrong = 0;
    for (String fault : FAULTS) {
      PlantLoad load = new PlantLoad("faulty answers " + fault, 1, 200, fault.split(" "));
      Rounds.Medians medians = measure(load);
      Row row =
          Row.of(of("delivered", load), "%", share(load, medians.ours())).aim(Aim.atLeast(90));
      rows.add(
          medians.peer().isEmpty()
              ? row
              : row.beside(NodeRedGateway.NAME, share(load, medians.peer())));
      wrong += medians.ours().get("stale") + medians.ours().get("backwards");
    }
    rows.add(Row.of("end to end, stale or older values at faults", "", wrong).aim(Aim.atMost(0)));
  }

  private static String of(String figure, PlantLoad load) {
    return "end to end, " + figure + ", " + load.name();
  }

  private static Row all(PlantLoad load, Rounds.Medians medians) {
    return Row.of(of("share delivered", load), "%", share(load, medians.ours()))
        .aim(Aim.atLeast(100 * NEARLY_ALL));
  }

  private static double share(PlantLoad load, Map<String, Double> figures) {
    return 100 * figures.get(TAGS) / load.asked();
  }
}

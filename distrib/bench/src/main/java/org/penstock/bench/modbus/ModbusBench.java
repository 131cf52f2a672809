package org.penstock.bench.modbus;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.penstock.bench.Aim;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.Benchmark;
import org.penstock.bench.Rounds;
import org.penstock.bench.Row;
import org.penstock.demo.process.FreePort;

/**
 * Codec, links and planner of the Modbus driver, beside libmodbus where it can do the same, and the way
 * to the broker beside Node-RED. Rates are those of this machine in this minute; the ratios are what
 * counts. {@code PENSTOCK_BENCH_PART} names one part to be run alone.
 */
public final class ModbusBench implements Benchmark {

  private static final String LIBMODBUS = "libmodbus";
  private static final String CPU = Rig.CPU;
  private static final int DEVICES = 100;
  private static final double RTU_19200 = 808;
  private static final double RTU_115200 = 4369;
  private static final List<String> FAULTS =
      List.of(
          "--bad-tid 5",
          "--bad-unit 5",
          "--bad-len 5",
          "--trunc 5",
          "--garbage 5",
          "--dup 5",
          "--late 5:700",
          "--split 5",
          "--silent 5",
          "--exc 5");

  @Override
  public String name() {
    return "modbus";
  }

  @Override
  public String profile() {
    return "large";
  }

  @Override
  public List<Row> run(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    List<Row> rows = new ArrayList<>();
    String wanted = System.getenv().getOrDefault("PENSTOCK_BENCH_PART", "");
    try (Rig rig = new Rig(context.work())) {
      Map<String, Part> parts = parts(context, rig);
      if (!wanted.isEmpty() && !parts.containsKey(wanted)) {
        throw new BenchFailure(
            "PENSTOCK_BENCH_PART is "
                + wanted
                + "; there are "
                + String.join(", ", parts.keySet()));
      }
      for (Map.Entry<String, Part> part : parts.entrySet()) {
        if (wanted.isEmpty() || wanted.equals(part.getKey())) {
          context.say(part.getKey() + ", load " + load());
          part.getValue().run(rows);
          context.say(part.getKey() + " done, load " + load());
        }
      }
    }
    return rows;
  }

  /** Of the last minute: what a figure is worth. */
  private static String load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return String.format(Locale.ROOT, "%.1f", load);
  }

  /** Some of the rows. */
  @FunctionalInterface
  private interface Part {
    void run(List<Row> rows) throws IOException, InterruptedException, BenchFailure;
  }

  /** The parts of this benchmark; the whole takes some 40 minutes, so each can be run alone. */
  private static Map<String, Part> parts(BenchContext context, Rig rig) {
    Run run = new Run(context, rig, context.quick() ? 2 : 5);
    Growth growth = new Growth(context, rig);
    EndToEnd ends = new EndToEnd(context, rig);
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("cpu", run::withoutDelay);
    parts.put("slow", run::slowDevices);
    parts.put("scattered", run::scattered);
    parts.put("rtu-19200", rows -> run.line(rows, 19_200, RTU_19200, 0.97));
    parts.put("rtu-115200", rows -> run.line(rows, 115_200, RTU_115200, 0.93));
    parts.put("recovery", run::recovery);
    parts.put("faults", run::faults);
    parts.put("hole", run::hole);
    parts.put("dead-units", run::deadUnits);
    parts.put("growth", growth::run);
    parts.put("end-to-end", ends::usual);
    parts.put("end-to-end-400k", ends::ceiling);
    parts.put("end-to-end-slow", ends::slow);
    parts.put("end-to-end-single", ends::single);
    parts.put("end-to-end-faults", ends::faults);
    return parts;
  }

  /**
   * One run.
   *
   * @param seconds of each measurement
   */
  private record Run(BenchContext context, Rig rig, int seconds) {

    private int rounds() {
      return context.rounds(3);
    }

    private Map<String, Double> ours(String... arguments)
        throws IOException, InterruptedException, BenchFailure {
      List<String> all = new ArrayList<>(List.of(arguments));
      all.add("seconds=" + seconds);
      return rig.ours(all.toArray(String[]::new));
    }

    private Map<String, Double> peer(String... arguments)
        throws IOException, InterruptedException, BenchFailure {
      List<String> all = new ArrayList<>(List.of(arguments));
      all.addAll(List.of("--seconds", "" + seconds));
      return rig.peer(all.toArray(String[]::new));
    }

    void withoutDelay(List<Row> rows) throws IOException, InterruptedException, BenchFailure {
      context.say("devices without delay");
      int port = 17_000;
      Process simulator = rig.simulator("--port", "" + port, "--ports", "" + DEVICES);
      Rounds.Medians one =
          Rounds.alternate(rounds(), () -> ours("port=" + port), () -> peer("--port", "" + port));
      rows.add(
          cpu("CPU, 1 device, 125 registers", one.ours().get(CPU))
              .beside(LIBMODBUS, one.peer().get(CPU))
              .aim(Aim.ratioAtMost(1.3)));
      Rounds.Medians many =
          Rounds.alternate(
              rounds(),
              () -> ours("port=" + port, "devices=" + DEVICES, "block=100"),
              () -> peer("--port", "" + port, "--devices", "" + DEVICES, "--block", "100"));
      rows.add(
          cpu("CPU, 100 devices, 100 registers", many.ours().get(CPU))
              .beside(LIBMODBUS, many.peer().get(CPU))
              .aim(Aim.ratioAtMost(0.7)));
      rows.add(
          Row.of("threads, 100 devices", "", many.ours().get("threads"))
              .beside(LIBMODBUS, DEVICES)
              .aim(Aim.atMost(8)));
      Map<String, Double> whole =
          Rounds.alone(rounds(), () -> ours("mode=driver", "port=" + port, "tags=1000"));
      rows.add(
          cpu("CPU, whole driver, 1000 channels", whole.get(CPU))
              .beside(LIBMODBUS + ", registers only", one.peer().get(CPU)));
      rig.stop(simulator);
    }

    void slowDevices(List<Row> rows) throws IOException, InterruptedException, BenchFailure {
      context.say("devices of 20 ms");
      int port = 17_400;
      Process slow = rig.simulator("--port", "" + port, "--ports", "" + DEVICES, "--delay", "20");
      Rounds.Medians many =
          Rounds.alternate(
              rounds(),
              () -> ours("port=" + port, "devices=" + DEVICES, "block=100"),
              () -> peer("--port", "" + port, "--devices", "" + DEVICES, "--block", "100"));
      rows.add(
          Row.of("100 devices of 20 ms", "requests/s", many.ours().get("req_s"))
              .beside(LIBMODBUS, many.peer().get("req_s"))
              .aim(Aim.ratioAtLeast(0.9)));
      rig.stop(slow);
      int other = 17_600;
      Process parallel = rig.simulator("--port", "" + other, "--delay", "20", "--serial", "none");
      Rounds.Medians depth =
          Rounds.alternate(
              rounds(), () -> ours("port=" + other, "depth=8"), () -> ours("port=" + other));
      rows.add(
          Row.of("8 outstanding requests", "requests/s", depth.ours().get("req_s"))
              .beside("1 outstanding", depth.peer().get("req_s"))
              .aim(Aim.ratioAtLeast(7)));
      rig.stop(parallel);
    }

    void scattered(List<Row> rows) throws IOException, InterruptedException, BenchFailure {
      context.say("scattered tags");
      int port = 17_700;
      Process simulator = rig.simulator("--port", "" + port);
      Map<String, Double> alone = ours("mode=driver", "port=" + port, "tags=500", "step=4");
      double requests = rig.stop(simulator).get("req") / alone.get("total");
      rows.add(
          Row.of("requests for 500 tags, every 4th address", "", requests)
              .beside("least number", 16)
              .aim(Aim.ratioAtMost(1.1)));
      Process again = rig.simulator("--port", "" + port);
      Rounds.Medians speed =
          Rounds.alternate(
              rounds(),
              () -> ours("mode=driver", "port=" + port, "tags=500", "step=4"),
              () -> peer("--port", "" + port, "--gap", "3"));
      rows.add(
          Row.of("500 scattered tags", "tags/s", speed.ours().get("tags_s"))
              .beside(LIBMODBUS + ", blocks by hand", speed.peer().get("tags_s"))
              .aim(Aim.ratioAtLeast(0.7)));
      rig.stop(again);
    }

    void line(List<Row> rows, int baud, double possible, double share)
        throws IOException, InterruptedException, BenchFailure {
      context.say("serial line of " + baud + " baud");
      Path tty = context.work().resolve("line-" + baud);
      Process simulator = rig.simulator("--pty", tty.toString(), "--baud", "" + baud);
      Map<String, Double> ours =
          Rounds.alone(rounds(), () -> rig.ours("rtu=" + tty, "baud=" + baud, "seconds=8"));
      Map<String, Double> counts = rig.stop(simulator);
      Process second = rig.simulator("--pty", tty.toString(), "--baud", "" + baud);
      Map<String, Double> peer =
          Rounds.alone(
              rounds(), () -> rig.peer("--rtu", tty + "", "--baud", "" + baud, "--seconds", "8"));
      rig.stop(second);
      rows.add(
          Row.of("RTU, " + baud + " baud, share of the line", "%", pct(ours, possible))
              .beside(LIBMODBUS, pct(peer, possible))
              .aim(Aim.atLeast(100 * share)));
      rows.add(
          Row.of("RTU, " + baud + " baud, gaps below t3.5", "", counts.get("t35_viol"))
              .aim(Aim.atMost(0)));
    }

    private static double pct(Map<String, Double> figures, double possible) {
      return 100 * figures.get("tags_s") / possible;
    }

    void recovery(List<Row> rows) throws IOException, InterruptedException, BenchFailure {
      context.say("a device that goes away for 2 s");
      int port = FreePort.find();
      Process simulator =
          rig.simulator("--port", "" + port, "--drop-every", "5", "--down-for", "2");
      Map<String, Double> figures =
          rig.ours("mode=call", "port=" + port, "period=10", "seconds=20");
      rig.stop(simulator);
      rows.add(
          Row.of("good value after a device is back", "s", figures.get("gap_ms") / 1e3 - 2)
              .aim(Aim.atMost(0.5)));
    }

    void faults(List<Row> rows) throws IOException, InterruptedException, BenchFailure {
      double longest = 0;
      double wrong = 0;
      for (String fault : FAULTS) {
        context.say("fault " + fault);
        int port = FreePort.find();
        List<String> arguments = new ArrayList<>(List.of("--port", "" + port));
        arguments.addAll(List.of(fault.split(" ")));
        Process simulator = rig.simulator(arguments.toArray(String[]::new));
        Map<String, Double> figures =
            ours("mode=call", "port=" + port, "timeout=200", "tags=1", "period=1");
        rig.stop(simulator);
        longest = Math.max(longest, figures.get("max_ms"));
        wrong += figures.get("bad_values");
      }
      rows.add(Row.of("wrong values, 10 kinds of fault", "", wrong).aim(Aim.atMost(0)));
      rows.add(Row.of("longest call at a timeout of 200 ms", "ms", longest).aim(Aim.atMost(300)));
    }

    void hole(List<Row> rows) throws IOException, InterruptedException, BenchFailure {
      context.say("one register that does not exist");
      int port = FreePort.find();
      Process simulator = rig.simulator("--port", "" + port, "--holes", "500");
      Map<String, Double> figures = ours("mode=call", "port=" + port, "tags=1000", "period=100");
      rig.stop(simulator);
      rows.add(
          Row.of(
                  "tags lost of 1000 by one missing register",
                  "",
                  Math.rint(figures.get("errors") / figures.get("total")))
              .aim(Aim.atMost(1)));
    }

    void deadUnits(List<Row> rows) throws IOException, InterruptedException, BenchFailure {
      for (int dead : new int[] {1, 5}) {
        context.say(dead + " of 10 units dead");
        int live = 10 - dead;
        int control = FreePort.find();
        int partly = FreePort.find();
        Process all = rig.simulator("--port", "" + control, "--delay", "1");
        Process some =
            rig.simulator(
                "--port", "" + partly, "--delay", "1", "--units", "1-" + live, "--silent-units");
        Rounds.Medians figures =
            Rounds.alternate(
                rounds(),
                () ->
                    ours("mode=call", "port=" + partly, "units=10", "counted=" + live, "period=50"),
                () ->
                    ours(
                        "mode=call",
                        "port=" + control,
                        "units=10",
                        "counted=" + live,
                        "period=50"));
        rig.stop(all);
        rig.stop(some);
        rows.add(
            Row.of(
                    dead + " of 10 units dead, values of the others",
                    "tags/s",
                    figures.ours().get("tags_s"))
                .beside("none dead", figures.peer().get("tags_s"))
                .aim(Aim.ratioAtLeast(dead == 1 ? 0.95 : 0.9)));
      }
    }

    private static Row cpu(String figure, double value) {
      return Row.of(figure, "s/Mtag", value);
    }
  }
}

package org.penstock.bench.deployment;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.penstock.bench.Aim;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.Benchmark;
import org.penstock.bench.Row;
import org.penstock.demo.SeedSnapshot;
import org.penstock.demo.process.FreePort;
import org.penstock.demo.process.GatewayProcess;
import org.penstock.driver.modbus.simulator.ModbusSimulator;

/**
 * The Modbus driver is replaced while an asset polls with it ten times a second: the longest time in which
 * that asset read nothing, and the periods that an asset of another driver missed meanwhile, beside what it
 * missed in as long a time without an update.
 */
public final class DeploymentBench implements Benchmark {

  private static final String DRIVER = "org.penstock.driver.modbus";
  private static final String PASSWORD = "correct horse";
  private static final String OWN = "field/asset/tank";
  private static final String OTHER = "field/asset/toys";
  private static final long PERIOD_MS = 100;
  private static final int ROUNDS = 9;
  private static final int LOOK_MS = 20;
  private static final int LIMIT_MS = 60_000;
  private static final int AFTER_MS = 2_000;
  private static final double GAP_AIM_MS = 2_000;

  /** What one round showed. */
  private record Seen(double gapMs, double missed, double millis) {}

  @Override
  public String name() {
    return "deployment";
  }

  @Override
  public String profile() {
    return "medium";
  }

  @Override
  public List<Row> run(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    Path folder = Files.createDirectories(context.work().resolve("upgrade"));
    try (ModbusSimulator device = ModbusSimulator.open(0)) {
      device.unit(1);
      GatewayProcess.Plan plan =
          new GatewayProcess.Plan(
              context.install(),
              folder.resolve("home"),
              FreePort.find(),
              Files.writeString(folder.resolve("password"), PASSWORD + "\n"),
              PASSWORD,
              Files.writeString(folder.resolve("seed.xml"), seed(device.port())),
              context.profile());
      try (GatewayProcess gateway = GatewayProcess.launch(plan)) {
        gateway.awaitReady();
        return rows(context, gateway, folder.resolve("home"));
      }
    }
  }

  private static List<Row> rows(BenchContext context, GatewayProcess gateway, Path home)
      throws IOException, InterruptedException, BenchFailure {
    List<Double> gaps = new ArrayList<>();
    double missed = 0;
    double control = 0;
    for (int round = 1; round <= context.rounds(ROUNDS); round++) {
      Seen update = watch(gateway, home, "9.0." + round, LIMIT_MS, context.install());
      Seen calm = watch(gateway, home, "", (int) update.millis(), context.install());
      context.say("gap " + update.gapMs() + " ms, without an update " + calm.gapMs() + " ms");
      gaps.add(update.gapMs());
      missed += update.missed();
      control += calm.missed();
    }
    double[] all = gaps.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return List.of(
        Row.of("gap of the driver's own asset, median", "ms", all[all.length / 2])
            .aim(Aim.atMost(GAP_AIM_MS)),
        Row.of("gap of the driver's own asset, longest", "ms", all[all.length - 1])
            .aim(Aim.atMost(GAP_AIM_MS)),
        Row.of("periods another driver's asset missed", "", missed)
            .beside("control: no update", control)
            .aim(Aim.atMost(control)));
  }

  /** Looks at both assets while the driver is updated, or for so long when there is no version. */
  private static Seen watch(
      GatewayProcess gateway, Path home, String version, int millis, Path install)
      throws IOException, InterruptedException, BenchFailure {
    if (!version.isEmpty()) {
      drop(install, home.resolve("deploy/modbus.jar"), version);
    }
    JsonObject health = gateway.health();
    double values = figure(health, OWN, "values.read");
    double missed = figure(health, OTHER, "polls.missed");
    long begin = System.nanoTime();
    long last = begin;
    long gap = 0;
    long updated = 0;
    while (true) {
      long now = System.nanoTime();
      if (updated != 0 && now - updated > AFTER_MS * 1_000_000L
          || version.isEmpty() && now - begin > millis * 1_000_000L) {
        break;
      }
      if (now - begin > LIMIT_MS * 1_000_000L) {
        throw new BenchFailure("no update within " + LIMIT_MS + " ms: " + health);
      }
      health = gateway.health();
      double read = figure(health, OWN, "values.read");
      if (read != values) {
        gap = Math.max(gap, now - last);
        last = now;
        values = read;
      }
      if (updated == 0 && !version.isEmpty() && isUpdated(home, version)) {
        updated = now;
      }
      Thread.sleep(LOOK_MS);
    }
    return new Seen(
        gap / 1e6,
        figure(health, OTHER, "polls.missed") - missed,
        (System.nanoTime() - begin) / 1e6);
  }

  private static double figure(JsonObject health, String source, String name) {
    return GatewayProcess.figure(health, source, name).orElse(0);
  }

  private static boolean isUpdated(Path home, String version) throws IOException {
    return Files.readString(home.resolve("logs/penstock.log"))
        .contains("updated to " + DRIVER + " " + version);
  }

  /** The distribution's driver with another version, put there in one step. */
  private static void drop(Path install, Path target, String version) throws IOException {
    Path shipped;
    try (Stream<Path> jars = Files.walk(install.resolve("system"))) {
      shipped =
          jars.filter(jar -> jar.getFileName().toString().startsWith(DRIVER + "-"))
              .findFirst()
              .orElseThrow();
    }
    Path part = target.resolveSibling("modbus.part");
    try (JarInputStream in = new JarInputStream(Files.newInputStream(shipped));
        OutputStream file = Files.newOutputStream(part)) {
      Manifest manifest = in.getManifest();
      manifest.getMainAttributes().putValue("Bundle-Version", version);
      try (JarOutputStream out = new JarOutputStream(file, manifest)) {
        for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
          out.putNextEntry(new JarEntry(entry.getName()));
          in.transferTo(out);
        }
      }
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String seed(int port) {
    return new SeedSnapshot()
        .component("org.penstock.core.deployment", null, "probation.s", 1)
        .component("plc", DRIVER, "host", "127.0.0.1", "port", port)
        .component("toy", "org.penstock.driver.template")
        .component("tank", "org.eclipse.kura.wire.WireAsset", level())
        .component(
            "toys",
            "org.eclipse.kura.wire.WireAsset",
            "driver.pid",
            "toy",
            "poll.interval.ms",
            PERIOD_MS,
            "wave#+name",
            "wave",
            "wave#+type",
            "READ",
            "wave#+value.type",
            "DOUBLE",
            "wave#address",
            "sine/60000/5")
        .xml();
  }

  private static Object[] level() {
    return new Object[] {
      "driver.pid",
      "plc",
      "poll.interval.ms",
      PERIOD_MS,
      "level#+name",
      "level",
      "level#+type",
      "READ",
      "level#+value.type",
      "INTEGER",
      "level#unit.id",
      "1",
      "level#primary.table",
      "HOLDING_REGISTERS",
      "level#memory.address",
      "0",
      "level#data.type",
      "UINT16"
    };
  }
}

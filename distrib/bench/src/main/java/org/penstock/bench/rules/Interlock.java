package org.penstock.bench.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.Samples;
import org.penstock.demo.SeedSnapshot;
import org.penstock.demo.process.FreePort;
import org.penstock.demo.process.GatewayProcess;
import org.penstock.driver.modbus.simulator.ModbusSimulator;
import org.penstock.driver.modbus.simulator.RegisterBank;

/**
 * A dry-run interlock on the assembled product: a level falls in a device's register, and the pump's register of
 * the same device is written over Modbus TCP. The clock runs from the change to the write, in this process alone.
 */
final class Interlock {

  private static final String PASSWORD = "correct horse";
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final long POLL_MS = 10;
  private static final long FIRST_SECONDS = 60;
  private static final long LIMIT_SECONDS = 10;
  private static final int LEVEL = 0;
  private static final int RUN = 1;
  private static final int HIGH = 100;
  private static final int LOW = 5;
  private static final int SETTLED = 100;

  private final BenchContext context;

  Interlock(BenchContext context) {
    this.context = context;
  }

  /** Milliseconds from change to write, of so many changes. */
  Samples measure(int changes) throws IOException, InterruptedException, BenchFailure {
    Path folder = Files.createTempDirectory(context.work(), "interlock-");
    try (ModbusSimulator device = ModbusSimulator.open(0)) {
      RegisterBank registers = device.unit(1).holdingRegisters();
      registers.set(LEVEL, HIGH);
      registers.set(RUN, 1);
      BlockingQueue<long[]> writes = new ArrayBlockingQueue<>(1024);
      registers.onWrite((address, value) -> writes.offer(new long[] {System.nanoTime(), value}));
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
        change(registers, writes, LOW, FIRST_SECONDS);
        change(registers, writes, HIGH, FIRST_SECONDS);
        for (int i = 0; i < SETTLED; i++) {
          change(registers, writes, i % 2 == 0 ? LOW : HIGH, LIMIT_SECONDS);
        }
        Samples samples = samples(registers, writes, changes);
        gateway.stop(STOP);
        return samples;
      }
    }
  }

  /** At random moments of the polls' period. */
  private static Samples samples(RegisterBank registers, BlockingQueue<long[]> writes, int changes)
      throws InterruptedException, BenchFailure {
    SplittableRandom random = new SplittableRandom(1);
    double[] took = new double[changes];
    for (int i = 0; i < changes; i++) {
      Thread.sleep(20 + random.nextInt(20), random.nextInt(999_999));
      took[i] = change(registers, writes, i % 2 == 0 ? LOW : HIGH, LIMIT_SECONDS) / 1e6;
    }
    return Samples.of(took);
  }

  /** Sets the level; gives the nanoseconds until the pump's register was written accordingly. */
  private static long change(
      RegisterBank registers, BlockingQueue<long[]> writes, int level, long seconds)
      throws InterruptedException, BenchFailure {
    writes.clear();
    long begin = System.nanoTime();
    registers.set(LEVEL, level);
    int wanted = level == LOW ? 0 : 1;
    long[] write = writes.poll(seconds, TimeUnit.SECONDS);
    while (write != null && write[1] != wanted) { // of the change before, written once more
      write = writes.poll(seconds, TimeUnit.SECONDS);
    }
    if (write == null) {
      throw new BenchFailure(
          "the level was set to %d, and %d was not written to the pump within %d s"
              .formatted(level, wanted, seconds));
    }
    return write[0] - begin;
  }

  private static String seed(int port) {
    SeedSnapshot seed =
        new SeedSnapshot()
            .component("line", "org.penstock.driver.modbus", "host", "127.0.0.1", "port", port)
            .component(
                "pump",
                "org.eclipse.kura.wire.WireAsset",
                "driver.pid",
                "line",
                "poll.interval.ms",
                POLL_MS)
            .component(
                "dry",
                "org.penstock.flow.rule",
                "when",
                "pump/level < 10",
                "write.channel",
                "pump/run",
                "write.value",
                "0",
                "write.revert",
                "1",
                "write.interlock",
                true);
    channel(seed, "level", LEVEL);
    channel(seed, "run", RUN);
    return seed.xml();
  }

  private static void channel(SeedSnapshot seed, String name, int address) {
    seed.component(
        "pump",
        "org.eclipse.kura.wire.WireAsset",
        name + "#+name",
        name,
        name + "#+type",
        "READ_WRITE",
        name + "#+value.type",
        "INTEGER",
        name + "#unit.id",
        "1",
        name + "#primary.table",
        "HOLDING_REGISTERS",
        name + "#memory.address",
        Integer.toString(address),
        name + "#data.type",
        "UINT16");
  }
}

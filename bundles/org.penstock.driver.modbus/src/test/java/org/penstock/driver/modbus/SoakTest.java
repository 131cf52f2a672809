package org.penstock.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.penstock.driver.modbus.simulator.Behaviour;
import org.penstock.driver.modbus.simulator.ModbusSimulator;

/**
 * Half an hour with devices that drop connections, send garbage and are slow ({@code
 * -Dpenstock.all=true}; minutes by {@code -Dpenstock.soak.minutes}). If deleted: what leaks a little
 * with each fault would be found in the plant.
 */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class SoakTest {

  private static final int DEVICES = 20;
  private static final int MINUTES = Integer.getInteger("penstock.soak.minutes", 29);

  private record Reading(long heap, int threads, long descriptors) {}

  @Test
  void memoryThreadsAndDescriptorsStayFlatAndTheLogTellsOfChangesOnly() throws Exception {
    List<ModbusSimulator> devices = new ArrayList<>();
    PrintStream console = System.err;
    Unexplained unexplained = new Unexplained();
    System.setErr(new PrintStream(unexplained, true, StandardCharsets.UTF_8));
    try (Plant plant = new Plant()) {
      List<ModbusPreparedRead> reads = new ArrayList<>();
      for (int i = 0; i < DEVICES; i++) {
        ModbusSimulator device = ModbusSimulator.open(0);
        devices.add(device);
        Pairs.serve(device.unit(1).holdingRegisters());
        device.script((unit, function) -> trouble());
        reads.add(
            plant
                .driver(Map.of("port", device.port(), "timeout_ms", 200))
                .prepareRead(Pairs.records(50)));
      }
      long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
      long warm = System.nanoTime() + Duration.ofSeconds(12L * MINUTES).toNanos();
      poll(reads, devices, warm);
      Reading first = reading();
      long good = poll(reads, devices, end);
      Reading last = reading();
      assertTrue(good > 1_000, "only " + good + " good values");
      assertTrue(last.heap() < first.heap() + 8_000_000, first + " became " + last);
      assertTrue(last.threads() <= first.threads() + 5, first + " became " + last);
      assertTrue(last.descriptors() <= first.descriptors() + 20, first + " became " + last);
    } finally {
      System.setErr(console);
      devices.forEach(ModbusSimulator::close);
    }
    assertTrue(
        unexplained.explained() > 0, "no link or unit ever changed its state: nothing logged");
    assertEquals(List.of(), unexplained.lines());
  }

  /** The log, of which only those lines are kept that tell of no change of a link's or unit's state. */
  private static final class Unexplained extends OutputStream {

    private static final Pattern CHANGE =
        Pattern.compile(
            ".*driver/modbus localhost:\\d+"
                + "( is online| is offline: .+| unit 1 answers again| unit 1 does not answer: .+)");

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<String> lines = new ArrayList<>();
    private long explained;

    @Override
    public synchronized void write(int octet) {
      if (octet != '\n') {
        line.write(octet);
        return;
      }
      String text = line.toString(StandardCharsets.UTF_8).strip();
      line.reset();
      if (CHANGE.matcher(text).matches()) {
        explained++;
      } else if (lines.size() < 20) {
        lines.add(text);
      }
    }

    synchronized List<String> lines() {
      return List.copyOf(lines);
    }

    synchronized long explained() {
      return explained;
    }
  }

  private static Behaviour trouble() {
    return switch (ThreadLocalRandom.current().nextInt(200)) {
      case 0 -> Behaviour.of(Behaviour.Kind.DROP);
      case 1 -> Behaviour.of(Behaviour.Kind.GARBAGE);
      case 2 -> Behaviour.of(Behaviour.Kind.SILENT);
      case 3 -> Behaviour.of(Behaviour.Kind.TRUNCATED);
      case 4 -> Behaviour.of(Behaviour.Kind.MUTATED);
      case 5, 6, 7 -> Behaviour.delayed(Duration.ofMillis(50));
      case 8 -> Behaviour.delayed(Duration.ofMillis(400));
      default -> Behaviour.NORMAL;
    };
  }

  private static long poll(
      List<ModbusPreparedRead> reads, List<ModbusSimulator> devices, long end) {
    long good = 0;
    while (System.nanoTime() - end < 0) {
      int some = ThreadLocalRandom.current().nextInt(4 * DEVICES);
      if (some < DEVICES) {
        devices.get(some).dropConnections();
      }
      for (ModbusPreparedRead read : reads) {
        good += good(read);
      }
    }
    return good;
  }

  private static int good(ModbusPreparedRead read) {
    try {
      List<ChannelRecord> records = read.execute();
      return Pairs.good(records);
    } catch (ConnectionException wholly) {
      return 0;
    }
  }

  private static Reading reading() throws IOException {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return new Reading(
          runtime.totalMemory() - runtime.freeMemory(),
          Thread.getAllStackTraces().size(),
          open.count());
    }
  }
}

package org.penstock.driver.modbus.load;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.kura.channel.ChannelRecord;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.modbus.LoadDrivers;
import org.penstock.driver.modbus.codec.Request;
import org.penstock.driver.modbus.codec.RtuFraming;
import org.penstock.driver.modbus.codec.Table;
import org.penstock.driver.modbus.codec.TcpFraming;
import org.penstock.driver.modbus.link.Exchange;
import org.penstock.driver.modbus.link.Link;
import org.penstock.driver.modbus.link.LinkOptions;
import org.penstock.driver.modbus.link.NetworkLinks;
import org.penstock.driver.modbus.link.NetworkLoop;
import org.penstock.driver.modbus.link.SerialLink;
import org.penstock.link.serial.SerialLines;
import org.penstock.link.serial.SerialSettings;

/**
 * Reads registers of mbsim as fast as it can and checks each value; prints one JSON line. Arguments are
 * key=value: mode link (codec and links), driver (whole drivers with channels) or call (blocking calls),
 * port, devices, depth, block (registers in a request; mode link), tags and step (not mode link), units,
 * counted and period (mode call), timeout, seconds, warm, rtu (device), baud.
 */
public final class ModbusLoad {

  private static final int UNIT = 1;
  private static final int OLDEST = 5_000;

  private final Map<String, String> options = new HashMap<>();
  private final LongAdder requests = new LongAdder();
  private final LongAdder tags = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder bad = new LongAdder();
  private final AtomicLong longest = new AtomicLong();
  private final AtomicLong gap = new AtomicLong();
  private final AtomicBoolean stop = new AtomicBoolean();

  private ModbusLoad(String... arguments) {
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      options.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
  }

  private String text(String key, String otherwise) {
    return options.getOrDefault(key, otherwise);
  }

  private int number(String key, int otherwise) {
    return Integer.parseInt(text(key, "" + otherwise));
  }

  /** Runs. */
  public static void main(String... arguments) throws Exception {
    new ModbusLoad(arguments).run();
    System.exit(0);
  }

  private void run() throws Exception {
    AutoCloseable started =
        switch (text("mode", "link")) {
          case "driver" -> drivers();
          case "call" -> calls();
          default -> links();
        };
    try (AutoCloseable load = started) {
      Thread.sleep(1_000L * number("warm", 3));
      long requestsBefore = requests.sum();
      long tagsBefore = tags.sum();
      long cpu = cpu();
      long begin = System.nanoTime();
      longest.set(0);
      gap.set(0);
      Thread.sleep(1_000L * number("seconds", 5));
      double seconds = (System.nanoTime() - begin) / 1e9;
      double used = (cpu() - cpu) / 1e9;
      double count = tags.sum() - tagsBefore;
      int threads = Thread.getAllStackTraces().size();
      System.out.printf(
          Locale.ROOT,
          "{\"req_s\":%.1f,\"tags_s\":%.1f,\"cpu_s_per_Mtag\":%.4f,\"errors\":%d,\"bad_values\":%d,"
              + "\"max_ms\":%.1f,\"gap_ms\":%.1f,\"total\":%d,\"threads\":%d}%n",
          (requests.sum() - requestsBefore) / seconds,
          count / seconds,
          count == 0 ? 0 : used * 1e6 / count,
          errors.sum(),
          bad.sum(),
          longest.get() / 1e6,
          gap.get() / 1e6,
          requests.sum(),
          threads);
      stop.set(true);
    }
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private AutoCloseable links() throws Exception {
    int depth = number("depth", 1);
    LinkOptions link = new LinkOptions(Duration.ofSeconds(1), depth, 1, false, 0);
    if (options.containsKey("rtu")) {
      SerialSettings line =
          new SerialSettings(
              text("rtu", ""),
              number("baud", 19_200),
              8,
              SerialSettings.Parity.NONE,
              SerialSettings.StopBits.TWO,
              SerialSettings.FlowControl.NONE,
              false);
      Link serial = new SerialLink(line, SerialLines::open, new RtuFraming(), link);
      new Reader(serial, 0).next();
      return serial::close;
    }
    NetworkLoop loop = new NetworkLoop("load");
    for (int device = 0; device < number("devices", 1); device++) {
      Link one =
          NetworkLinks.tcp(
              loop, "127.0.0.1", number("port", 15_020) + device, new TcpFraming(), link);
      for (int i = 0; i < depth; i++) {
        new Reader(one, device + i).next();
      }
    }
    return loop;
  }

  /** One request after the other, each sent by the answer to the one before. */
  private final class Reader implements Exchange.Handler {
    private final Link link;
    private final int block = number("block", 125);
    private final Duration timeout = Duration.ofMillis(number("timeout", 1_000));
    private int address;
    private long began;

    Reader(Link link, int start) {
      this.link = link;
      this.address = start * block % 49_000;
    }

    void next() {
      if (stop.get()) {
        return;
      }
      address = address + 2 * block > 49_000 ? 0 : address + block;
      began = System.nanoTime();
      Request request = Request.read(Table.HOLDING_REGISTERS, address, block);
      link.send(List.of(new Exchange(this, UNIT, request, timeout, this)));
    }

    private void ended() {
      longest.accumulateAndGet(System.nanoTime() - began, Math::max);
    }

    @Override
    public void answered(ByteBuffer pdu, long roundTrip) {
      ended();
      if (Request.exception(pdu) != 0) {
        errors.increment();
      } else {
        requests.increment();
        tags.add(block);
        check(pdu);
      }
      next();
    }

    private void check(ByteBuffer pdu) {
      int at = pdu.position() + 2;
      int base = (pdu.getShort(at) & 0xffff) - 7 * address - 131 * UNIT & 0xffff;
      boolean wrong = ((System.currentTimeMillis() & 0xffff) - base & 0xffff) > OLDEST;
      for (int i = 1; i < block; i++) {
        int value = (pdu.getShort(at + 2 * i) & 0xffff) - 7 * (address + i) - 131 * UNIT;
        wrong |= (value & 0xffff) != base;
      }
      if (wrong) {
        bad.increment();
      }
    }

    @Override
    public void failed(DriverException reason) {
      ended();
      errors.increment();
      next();
    }
  }

  private AutoCloseable drivers() throws Exception {
    LoadDrivers all = new LoadDrivers();
    List<LoadDrivers.Poll> polls = new ArrayList<>();
    for (int device = 0; device < number("devices", 1); device++) {
      Map<String, Object> set =
          Map.of(
              "port", number("port", 15_020) + device,
              "max_outstanding", number("depth", 1),
              "timeout_ms", number("timeout", 1_000));
      polls.add(all.add(set, UNIT, number("tags", 1_000), number("step", 1)));
    }
    polls.forEach(poll -> poll(poll, System.nanoTime()));
    return all;
  }

  private void poll(LoadDrivers.Poll poll, long began) {
    poll.read()
        .whenComplete(
            (records, problem) -> {
              longest.accumulateAndGet(System.nanoTime() - began, Math::max);
              requests.increment();
              if (problem != null) {
                errors.increment();
              } else {
                records.forEach(record -> check(record, UNIT));
              }
              if (!stop.get()) {
                poll(poll, System.nanoTime());
              }
            });
  }

  /** Blocking calls, one thread for each of units 1 to units, all behind one port. */
  private AutoCloseable calls() throws Exception {
    LoadDrivers all = new LoadDrivers();
    for (int unit = 1; unit <= number("units", 1); unit++) {
      Map<String, Object> set =
          Map.of("port", number("port", 15_020), "timeout_ms", number("timeout", 1_000));
      LoadDrivers.Poll poll = all.add(set, unit, number("tags", 100), number("step", 1));
      boolean counted = unit <= number("counted", 255);
      int id = unit;
      Thread thread = new Thread(() -> call(poll, id, counted), "load-" + unit);
      thread.setDaemon(true);
      thread.start();
    }
    return all;
  }

  private void call(LoadDrivers.Poll poll, int unit, boolean counted) {
    long period = 1_000_000L * number("period", 0);
    long lastGood = System.nanoTime();
    while (!stop.get()) {
      long began = System.nanoTime();
      boolean good = called(poll, unit, counted);
      long ended = System.nanoTime();
      if (counted) {
        longest.accumulateAndGet(ended - began, Math::max);
        requests.increment();
      }
      if (good) {
        gap.accumulateAndGet(ended - lastGood, Math::max);
        lastGood = ended;
      }
      LockSupport.parkNanos(period - (ended - began));
    }
  }

  private boolean called(LoadDrivers.Poll poll, int unit, boolean counted) {
    try {
      List<ChannelRecord> records = poll.read().toCompletableFuture().get();
      if (counted) {
        records.forEach(record -> check(record, unit));
      }
      return LoadDrivers.good(records.get(0));
    } catch (ExecutionException failed) {
      errors.increment();
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void check(ChannelRecord record, int unit) {
    if (!LoadDrivers.good(record)) {
      errors.increment();
      return;
    }
    int address = Integer.parseInt(record.getChannelName());
    int value = (Integer) record.getValue().getValue();
    long age = System.currentTimeMillis() - (value - 7L * address - 131L * unit) & 0xffff;
    tags.increment();
    if (age > OLDEST) {
      bad.increment();
    }
  }
}

package org.penstock.driver.lorawan;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.penstock.core.storage.FileStorage;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.codec.MessageType;
import org.penstock.driver.lorawan.codec.Transmission;
import org.penstock.driver.lorawan.simulator.VirtualDevice;
import org.penstock.driver.lorawan.simulator.VirtualGateway;

/**
 * A process of the bench: uplinks of many devices through the UDP port, MIC, counters, cipher, Cayenne LPP and a
 * channel event each. Prints one line of JSON.
 */
public final class LorawanLoad {

  private static final String KEY = "44024241ed4ce9a68c6a8bc055233fd3";
  private static final int MOST_ON_THE_WAY = 100;
  private static final int CONFIRMED = 4_000;
  private static final long PER_SECOND = 400;
  private static final long STUCK_NANOS = 20_000_000_000L;

  private LorawanLoad() {}

  /** {@code <devices> <frames> [<file for some frames in hexadecimal>]}. */
  public static void main(String... args) throws Exception {
    int count = Integer.parseInt(args[0]);
    int frames = Integer.parseInt(args[1]);
    List<VirtualDevice> devices = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < count; i++) {
      Eui eui = new Eui(0x70b3d57ed0000000L + i);
      devices.add(new VirtualDevice(eui, 0x26000000 + i, KEY, KEY));
      lines.append(eui + " d" + i + " abp=" + Integer.toHexString(0x26000000 + i) + " codec=lpp\n");
      keys.append(eui + " " + KEY + ' ' + KEY + '\n');
    }
    Path folder = Files.createTempDirectory("lorawan-load");
    // The region without channels to be told of, so that nothing is answered.
    LorawanDriver driver =
        driver(
            folder,
            Map.of(
                "region",
                "AS923-1",
                "port",
                0,
                "devices",
                lines.toString(),
                "keys",
                keys.toString(),
                "rate_limit_per_s",
                1_000_000,
                "status_interval_h",
                0));
    try {
      AtomicLong events = new AtomicLong();
      for (VirtualDevice device : devices) {
        driver.registerChannelListener(
            Map.of(
                "+name", "t",
                "+value.type", "DOUBLE",
                "dev.eui", device.devEui().toString(),
                "field", "temperature_3"),
            event -> events.incrementAndGet());
      }
      try (VirtualGateway gateway =
          new VirtualGateway(new Eui(7), driver.station().port().orElseThrow())) {
        measure(gateway, devices, frames, events, args.length > 2 ? Path.of(args[2]) : null);
      }
    } finally {
      driver.stop();
    }
    System.exit(0);
  }

  private static void measure(
      VirtualGateway gateway, List<VirtualDevice> devices, int frames, AtomicLong events, Path file)
      throws IOException {
    run(gateway, devices, frames / 4, events);
    long[] before = {cpu(), System.nanoTime(), events.get()};
    List<byte[]> some = run(gateway, devices, frames, events);
    double cpu = (cpu() - before[0]) / 1e9;
    double wall = (System.nanoTime() - before[1]) / 1e9;
    long done = events.get() - before[2];
    if (file != null) {
      Files.write(file, some.stream().map(HexFormat.of()::formatHex).toList());
    }
    int missed = missed(gateway, devices);
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "{\"perCore\":%.0f,\"perSecond\":%.0f,\"lost\":%d,\"rx1Missed\":%d,\"heapMb\":%.1f}%n",
        done / cpu,
        done / wall,
        frames - done,
        missed,
        (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
  }

  /** Confirmed uplinks, 400 a second: how many are not answered in RX1, early enough for the gateway. */
  private static int missed(VirtualGateway gateway, List<VirtualDevice> devices) {
    gateway.pull();
    Set<Long> windows = new HashSet<>();
    long begin = System.nanoTime();
    for (int i = 0; i < CONFIRMED; i++) {
      while (System.nanoTime() - begin < i * 1_000_000_000L / PER_SECOND) {
        LockSupport.parkNanos(50_000);
      }
      VirtualDevice device = devices.get(i % devices.size());
      byte[] phy =
          device.up(MessageType.CONFIRMED_UP, 0, new byte[0], 1, new byte[] {3, 0x67, 0, 1});
      windows.add(Transmission.after(gateway.hears(phy, 6), 1_000_000));
    }
    long end = System.nanoTime() + 3_000_000_000L;
    while (gateway.sent().size() < CONFIRMED && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    int met = 0;
    for (JsonObject sent : gateway.sent()) {
      met += windows.contains(sent.get("tmst").getAsLong()) ? 1 : 0;
    }
    return CONFIRMED - met;
  }

  private static LorawanDriver driver(Path folder, Map<String, Object> set) throws Exception {
    LorawanDriverConfig config =
        (LorawanDriverConfig)
            Proxy.newProxyInstance(
                LorawanLoad.class.getClassLoader(),
                new Class<?>[] {LorawanDriverConfig.class},
                (proxy, method, arguments) ->
                    set.getOrDefault(method.getName(), method.getDefaultValue()));
    return new LorawanDriver(
        "load",
        folder,
        new LorawanDriver.Services(new FileStorage(), null, null, null),
        config,
        health -> () -> {});
  }

  private static List<byte[]> run(
      VirtualGateway gateway, List<VirtualDevice> devices, int frames, AtomicLong events) {
    List<byte[]> some = new ArrayList<>();
    long target = events.get();
    for (int i = 0; i < frames; i++) {
      byte[] phy =
          devices.get(i % devices.size()).up(1, new byte[] {3, 0x67, (byte) i, (byte) (i >> 8)});
      if (some.size() < 10_000) {
        some.add(phy);
      }
      gateway.hears(phy, 6);
      target++;
      await(events, target - MOST_ON_THE_WAY);
    }
    await(events, target);
    return some;
  }

  private static void await(AtomicLong events, long target) {
    long end = System.nanoTime() + STUCK_NANOS;
    while (events.get() < target && System.nanoTime() < end) {
      LockSupport.parkNanos(50_000);
    }
  }

  /** Nanoseconds that the driver's threads have used, its journal's included. */
  private static long cpu() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      boolean test =
          info == null
              || info.getThreadName().equals("main")
              || info.getThreadName().startsWith("test/");
      sum += test ? 0 : Math.max(0, threads.getThreadCpuTime(id));
    }
    return sum;
  }
}

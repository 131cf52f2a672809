package org.penstock.driver.zigbee;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.simulator.zigbee.Protocol;
import org.penstock.simulator.zigbee.ZigBeeSimulator;

/** Stopping while the library has threads of its own. Without it they could hold up whoever stops the driver. */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true") // the library starts in 6 s
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EzspStopTest {

  private static final Duration LIMIT = Duration.ofSeconds(2);

  @TempDir private Path home;

  private static void until(Duration limit, Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, what);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static Set<String> threads() {
    Set<String> names = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      String name = thread.getName();
      if (!name.startsWith("simulator/")
          && !name.startsWith("CompletableFuture")
          && !name.startsWith("junit-timeout")) {
        names.add(name + '#' + thread.getId());
      }
    }
    return names;
  }

  private static Set<String> fresh(Set<String> before) {
    Set<String> fresh = threads();
    fresh.removeAll(before);
    return fresh;
  }

  private static String stacks(Set<String> before) {
    StringBuilder text = new StringBuilder();
    Set<String> fresh = fresh(before);
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> {
              if (fresh.contains(thread.getName() + '#' + thread.getId())) {
                text.append('\n').append(thread.getName());
                for (StackTraceElement frame : stack) {
                  text.append("\n  ").append(frame);
                }
              }
            });
    return text.toString();
  }

  private ZigbeeDriver driver(int port) throws Exception {
    return new ZigbeeDriver(
        "one", home, new PlainStorage(), ZigbeeBench.config(port, 15), new byte[0], h -> () -> {});
  }

  private ZigbeeDriver online(ZigBeeSimulator stick) throws Exception {
    ZigbeeDriver driver = driver(stick.port());
    until(
        Duration.ofSeconds(60),
        () -> driver.linkState().reason(),
        () -> driver.linkState().online());
    return driver;
  }

  private static void stops(String when, ZigbeeDriver driver, Set<String> before) {
    long begun = System.nanoTime();
    driver.stop();
    long took = System.nanoTime() - begun;
    System.out.println("stopped " + when + " after " + took / 1_000_000 + " ms");
    assertTrue(took < LIMIT.toNanos(), when + ": stopped after " + took / 1_000_000 + " ms");
    until(LIMIT, () -> when + ": left " + stacks(before), () -> fresh(before).isEmpty());
    System.out.println(
        "threads ended " + (System.nanoTime() - begun) / 1_000_000 + " ms after that");
  }

  /** If deleted: a stop of a driver that runs could take as long as the library likes. */
  @Test
  void aDriverOnlineStopsWithinTwoSeconds() throws Exception {
    try (ZigBeeSimulator stick = ZigBeeSimulator.start(Protocol.EZSP_13)) {
      Set<String> before = threads();
      ZigbeeDriver driver = online(stick);
      stops("online", driver, before);
    }
  }

  /** If deleted: a stick that says nothing any more could hold up the stop. */
  @Test
  void aDriverWhoseStickIsSilentStopsWithinTwoSeconds() throws Exception {
    try (ZigBeeSimulator stick = ZigBeeSimulator.start(Protocol.EZSP_13)) {
      Set<String> before = threads();
      ZigbeeDriver driver = online(stick);
      stick.faults().silent(true);
      driver.coordinator().stickNow().orElseThrow().ping(); // the library waits for that now
      stops("silent", driver, before);
    }
  }

  /** If deleted: a stop in the seconds in which the library starts could wait for all of them. */
  @Test
  void aDriverThatIsOpeningItsStickStopsWithinTwoSeconds() throws Exception {
    try (ZigBeeSimulator stick = ZigBeeSimulator.start(Protocol.EZSP_13)) {
      Set<String> before = threads();
      ZigbeeDriver driver = driver(stick.port());
      until(
          Duration.ofSeconds(60),
          () -> "the library does not start: " + driver.linkState().reason() + fresh(before),
          () -> Thread.getAllStackTraces().values().stream().anyMatch(EzspStopTest::isStarting));
      stops("opening", driver, before);
    }
  }

  private static boolean isStarting(StackTraceElement... stack) {
    for (StackTraceElement frame : stack) {
      if (frame.getMethodName().equals("initialize")
          && frame.getClassName().endsWith("ZigBeeDongleEzsp")) {
        return true;
      }
    }
    return false;
  }
}

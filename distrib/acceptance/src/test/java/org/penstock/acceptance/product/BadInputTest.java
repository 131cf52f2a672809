package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Without it a wrong word in a configuration could stop the gateway, go unsaid, or fill the log. */
@Tag("beside")
class BadInputTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TRANSPORT =
      "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";

  /** What must be said once, by fault: what is wrong, where, and what to do. */
  private static final Map<String, String> SAID =
      new TreeMap<>(
          Map.of(
              "unknown factory",
              "stranger, service.factoryPid: given com.acme.NoSuchFactory; no bundle has this"
                  + " factory; its configuration is kept and comes alive when the bundle is installed",
              "wrong type",
              "badtimer, simple.interval: given String soon; allowed: one Integer; its default is"
                  + " used until it is corrected",
              "missing required key",
              "orphan, driver.pid: required and missing; give one String",
              "port out of range",
              "far, port: given Integer 70000; allowed: 0 to 65535",
              "no such host",
              "no.such.host.invalid:502 is offline: host name no.such.host.invalid is unknown; check"
                  + " it",
              "host refuses",
              "127.0.0.1:1 is offline: Connection refused; check address, port and that the device"
                  + " is on",
              "no such broker",
              "cannot resolve the host of mqtt://no.such.broker.invalid:1883; check broker-url and"
                  + " the name server",
              "broker's port out of range",
              "broker-url: the port must be 1 to 65535, given: mqtt://127.0.0.1:99999",
              "wrong channel",
              "badchannel cannot use its new configuration: channel c: property +value.type is"
                  + " 'NUMBER', must be one of BOOLEAN, BYTE_ARRAY, DOUBLE, INTEGER, LONG, FLOAT,"
                  + " STRING"));

  @TempDir Path folder;

  /** An asset that polls by itself and must not care. */
  private static Seed healthy() {
    return new Seed()
        .component("toy", "org.penstock.driver.template")
        .asset("well", "toy")
        .channel("well", "count", "INTEGER", "address", "counter/a")
        .component("well", "org.eclipse.kura.wire.WireAsset", "poll.interval.ms", 100L);
  }

  private static Seed faulty() {
    Seed seed =
        healthy()
            .component("stranger", "com.acme.NoSuchFactory", "a", 1)
            .component("orphan", "org.eclipse.kura.wire.WireAsset")
            .component("badtimer", "org.eclipse.kura.wire.Timer", "simple.interval", "soon")
            .asset("badchannel", "toy")
            .channel("badchannel", "c", "NUMBER", "address", "counter/b");
    polled(seed, "far", "127.0.0.1", 70000);
    polled(seed, "nobody", "127.0.0.1", 1);
    polled(seed, "nowhere", "no.such.host.invalid", 502);
    transport(seed, "transport-1", "mqtt://no.such.broker.invalid:1883");
    transport(seed, "transport-2", "mqtt://127.0.0.1:99999");
    return seed;
  }

  private static void polled(Seed seed, String driver, String host, int port) {
    String asset = "on-" + driver;
    seed.component(driver, "org.penstock.driver.modbus", "host", host, "port", port)
        .asset(asset, driver)
        .register(asset, "x", "INTEGER", "INT16", 0)
        .component(asset, "org.eclipse.kura.wire.WireAsset", "poll.interval.ms", 200L);
  }

  private static void transport(Seed seed, String pid, String url) {
    seed.component(pid, TRANSPORT, "broker-url", url)
        .component(
            "data-" + pid,
            Seed.DATA_SERVICE,
            "DataTransportService.target",
            "(kura.service.pid=" + pid + ")",
            "connect.auto-on-startup",
            true,
            "connect.retry-interval",
            1);
  }

  @TestFactory
  List<DynamicTest> eachFaultIsSaidOnceAndTheOthersRun() {
    List<String> log;
    try (Gateway gateway = new Gateway(folder, faulty().xml()).start()) {
      for (String said : SAID.values()) {
        Await.until(LIMIT, () -> "not said: " + said, () -> lines(gateway.log(), said) > 0);
      }
      runsOn(gateway, 30);
      log = gateway.log();
      String health = gateway.health().toString();
      for (String pid : List.of("stranger", "badtimer", "orphan", "far", "badchannel")) {
        assertTrue(health.contains(pid), () -> pid + " is not on the health page: " + health);
      }
      assertEquals(0, gateway.stop());
    }
    List<DynamicTest> tests = new ArrayList<>();
    SAID.forEach(
        (fault, said) ->
            tests.add(
                DynamicTest.dynamicTest(fault, () -> assertEquals(1, lines(log, said), said))));
    tests.add(
        DynamicTest.dynamicTest("no stack trace", () -> assertEquals(List.of(), traces(log))));
    return tests;
  }

  private static long lines(List<String> log, String text) {
    return log.stream().filter(line -> line.contains(text)).count();
  }

  /** Lines before stack traces, and their beginnings. */
  private static List<String> traces(List<String> log) {
    List<String> found = new ArrayList<>();
    for (int i = 2; i < log.size(); i++) {
      if (log.get(i).startsWith("\tat ") && !log.get(i - 1).startsWith("\tat ")) {
        found.addAll(log.subList(i - 2, Math.min(log.size(), i + 20)));
      }
    }
    return found;
  }

  /** So many more values are read. */
  private static void runsOn(Gateway gateway, int values) {
    double before = read(gateway);
    Await.until(
        LIMIT, () -> "stands still at " + read(gateway), () -> read(gateway) >= before + values);
  }

  private static double read(Gateway gateway) {
    Double read = gateway.figure("field/asset/well", "values.read");
    return read == null ? 0 : read;
  }

  /** The line tells the file and the place; corrected, the same seed is taken. */
  @Test
  void anUnparsableSeedIsSaidAndTakenWhenCorrected() {
    String good = healthy().xml();
    String cut = good.substring(0, good.length() / 2);
    Pattern said = Pattern.compile(".*seed\\.xml.*line \\d+.*");
    try (Gateway gateway = new Gateway(folder, cut).start()) {
      List<String> lines = gateway.log().stream().filter(l -> said.matcher(l).matches()).toList();
      assertEquals(1, lines.size(), () -> "the log is " + gateway.log());
      assertTrue(gateway.health().toString().contains("seed.xml"), "health page");
      assertEquals(200, gateway.get("/services/assets").statusCode());
      gateway.stop();
    }
    try (Gateway gateway = new Gateway(folder, good).start()) {
      runsOn(gateway, 3);
    }
  }

  @Test
  void aDamagedSnapshotIsSaidAndTheOneBeforeIsTaken() throws IOException {
    String good = healthy().xml();
    try (Gateway gateway = new Gateway(folder, good).start()) {
      gateway.stop();
    }
    Path damaged = folder.resolve("home/snapshots/snapshot_9999999999999.xml");
    Files.writeString(damaged, "<esf:configurations");
    try (Gateway gateway = new Gateway(folder, good).start()) {
      assertEquals(1, lines(gateway.log(), "9999999999999"), () -> "the log is " + gateway.log());
      runsOn(gateway, 3);
    }
  }

  /** The console is shut and everything else works. */
  @Test
  void anOccupiedPortDoesNotKeepDataFromFlowing() throws IOException {
    try (ServerSocket occupier = new ServerSocket()) {
      occupier.bind(new InetSocketAddress(0));
      int port = occupier.getLocalPort();
      Seed seed =
          healthy()
              .component("log", "org.eclipse.kura.wire.Logger", "log.verbosity", "VERBOSE")
              .flow("timer", 200, "well", "log");
      try (Gateway gateway =
          new Gateway(folder, seed.xml()).with("--https-port", "" + port).launch()) {
        Await.until(
            LIMIT, () -> "no value: " + gateway.log(), () -> lines(gateway.log(), "count = ") > 2);
        String said = "HTTPS port " + port + " can't be opened";
        Await.until(LIMIT, () -> "not said", () -> lines(gateway.log(), said) > 0);
        assertEquals(1, lines(gateway.log(), said));
      }
    }
  }

  @TestFactory
  List<DynamicTest> aWrongCommandLineEndsAtOnce() throws IOException {
    String file = Files.writeString(folder.resolve("file"), "").toString();
    return List.of(
        refused("port out of range", 2, "0 to 65535, given: 70000", "--https-port", "70000"),
        refused("port no number", 2, "must be a number from 0 to 65535", "--https-port", "http"),
        refused("no such seed", 2, "--seed: no readable file at /no/such", "--seed", "/no/such"),
        refused("no such profile", 2, "small, medium or large, given: huge", "--profile", "huge"),
        refused("unknown option", 2, "unknown option --hom", "--hom", "x"),
        refused("option without value", 2, "option --home has no value", "--home"),
        refused(
            "home is a file", 3, "give --home a folder that this user may write", "--home", file),
        refused(
            "home can't be made", 3, "home /proc/penstock can't be", "--home", "/proc/penstock"));
  }

  private DynamicTest refused(String name, int status, String said, String... words) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          Path own = Files.createDirectories(folder.resolve(name.replace(' ', '-')));
          try (Gateway gateway = new Gateway(own, null).with(words).launch()) {
            assertEquals(status, gateway.process().end(LIMIT));
            List<String> lines = gateway.process().lines();
            assertEquals(1, lines.size(), lines::toString);
            assertTrue(lines.get(0).contains(said), lines::toString);
          }
        });
  }
}

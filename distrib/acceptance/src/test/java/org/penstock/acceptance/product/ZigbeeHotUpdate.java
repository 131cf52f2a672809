package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The driver's bundle is replaced twenty times beside a running network. Without it an update could cost the network,
 * or leave a thread, a connection or a class loader behind each time.
 */
abstract class ZigbeeHotUpdate extends ZigbeeRig {

  private static final int TIMES = 20;
  private static final Duration STARTED = Duration.ofSeconds(120);
  private static final String BUNDLE = "org.penstock.driver.zigbee";

  ZigbeeHotUpdate(String protocol) {
    super(protocol);
  }

  @Override
  void seed(Seed seed) {
    seed.asset("room", "zb").graph(3_600_000, "room");
    listened(seed, "room", "temp", "DOUBLE", SENSOR, "0x0402", "0x0000", "0.01");
  }

  @Test
  void twentyUpdatesKeepTheNetworkAndLeaveNothingBehind() {
    awaitLink("online");
    stick.say("add temperature " + SENSOR);
    job("permit-join", "\"seconds\":\"60\"");
    awaitPermit(true);
    stick.say("join " + SENSOR);
    Await.until(LIMIT, this::devices, () -> devices().contains("TH01"));
    awaitMetric(report(1000), "room", "temp", 10.0);
    String network = parameters();
    long counter = counter();
    List<String> threads = threads();
    for (int i = 1; i <= TIMES; i++) {
      replace(i);
      awaitMetric(report(1000 + i), "room", "temp", (1000 + i) / 100.0);
      assertEquals(network, parameters());
      assertTrue(counter() >= counter, "the frame counter is lower: " + counter());
      counter = counter();
    }
    assertTrue(stick.say("network").contains("forms=1"), stick.say("network"));
    Await.until(LIMIT, () -> threads + " became " + threads(), () -> threads().equals(threads));
    Await.until(LIMIT, () -> connections() + " connections", () -> connections() == 1);
    Await.until(LIMIT, () -> loaders() + " class loaders are left", () -> loaders() == 1);
  }

  private void replace(int version) {
    Path jar = gateway.home().resolve("deploy/zigbee.jar");
    BundleJar.of(BundleJar.shipped(BUNDLE)).header("Bundle-Version", "9.0." + version).to(jar);
    String wanted = "\"version\":\"9.0." + version + "\"";
    Await.until(
        STARTED,
        () -> "version " + version + " is not there",
        () -> gateway.get("/services/inventory/v1/bundles").body().contains(wanted));
    Await.until(STARTED, () -> "version " + version + " is offline", () -> link().equals("online"));
  }

  private long counter() {
    return Long.parseLong(stick.say("network").replaceAll(".*counter=(\\d+).*", "$1"));
  }

  private List<String> threads() {
    return gateway
        .threads()
        .lines()
        .filter(l -> l.startsWith("\"driver/zigbee/") && !l.contains("/setup-"))
        .filter(l -> !l.contains("-ezsp")) // comes and goes with questions to the stick
        .map(l -> l.substring(0, l.indexOf('"', 1)))
        .sorted()
        .toList();
  }

  /** Those that stand to the stick's port, as the kernel has them. */
  private long connections() {
    String port = ":%04X".formatted(stick.port());
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(table -> rows(table).stream())
        .map(row -> row.strip().split("\\s+"))
        .filter(cells -> cells[2].endsWith(port) && cells[3].equals("01"))
        .count();
  }

  private static List<String> rows(String table) {
    try {
      return Files.readAllLines(Path.of(table));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each class loader that still has the driver's class is a row of the histogram. */
  private long loaders() {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    ProcessBuilder print =
        new ProcessBuilder(tool.toString(), "" + gateway.pid(), "GC.class_histogram");
    try (Child histogram = new Child("jcmd", print)) {
      histogram.end(Duration.ofSeconds(60));
      return histogram.lines().stream()
          .filter(l -> l.matches(".* " + BUNDLE.replace(".", "\\.") + "\\.Coordinator( .*)?"))
          .count();
    }
  }
}

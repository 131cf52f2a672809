package org.penstock.acceptance.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.CommandLine;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Ports;
import org.penstock.acceptance.product.Seed;

/**
 * What the launcher does when a run ends badly, and the command line tool. Without it a gateway that
 * ran out of memory, or got a bad runtime, would stay down until somebody drives there.
 */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class RestartTest {

  private static final Path INSTALL =
      Path.of(System.getProperty("penstock.distribution")).toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void aRealOutOfMemoryErrorRestartsIntoTheLastGoodSetAndTheCommandLineSeesIt() throws Exception {
    String port = Integer.toString(Ports.free());
    String seed =
        new Seed().component("org.penstock.core.deployment", null, "probation.s", 3).xml();
    try (Gateway gateway =
        new Gateway(folder, seed).with("--supervise", "--https-port", port).start()) {
      Packages packages = new Packages(gateway);
      byte[] good = new BundleJar("steady", "1.0.0").activator("").bytes();
      assertEquals("DONE", packages.install("good.jar", good).get("result").getAsString());
      byte[] glutton =
          new BundleJar("steady", "2.0.0")
              .activator(
                  "new Thread(() -> { java.util.List<byte[]> all = new java.util.ArrayList<>();"
                      + " while (true) all.add(new byte[1 << 20]); }).start();")
              .bytes();
      gateway.upload("/api/v1/packages?file=glutton.jar", glutton);
      Await.until(
          LIMIT,
          () -> "no second start: " + gateway.process().lines(),
          () -> gateway.process().lines().stream().filter(l -> l.startsWith("ready ")).count() > 1);
      String said = String.join("\n", gateway.process().lines());
      assertTrue(said.contains("ran out of memory; starting it again"), said);
      assertTrue(said.contains("OutOfMemoryError; restarted into the last good set"), said);
      Await.until(
          LIMIT,
          () -> packages.bundle("steady"),
          () -> "ACTIVE 1.0.0".equals(packages.bundle("steady")));
      assertEquals("1.0.0", packages.version("steady"));
      assertTrue(packages.journal().toString().contains("had stopped in the middle"));
      assertTrue(gateway.log().stream().anyMatch(l -> l.contains("OutOfMemoryError; restarted")));
      commandLine(gateway);
      assertEquals(0, gateway.stop());
    }
  }

  private void commandLine(Gateway gateway) throws Exception {
    String at = gateway.address();
    Await.until(LIMIT, () -> gateway.health().toString(), () -> ctl(at, "health").status() == 0);
    CommandLine.Ended list = ctl(at, "packages", "--json");
    assertEquals(
        "steady",
        JsonParser.parseString(list.out())
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject()
            .get("name")
            .getAsString());
    Path jar = new BundleJar("by.hand", "1.0.0").activator("").to(folder.resolve("by-hand.jar"));
    CommandLine.Ended installed = ctl(at, "packages", "install", jar.toString());
    assertEquals(0, installed.status(), installed::out);
    assertTrue(ctl(at, "bundles").out().contains("by.hand"));
    Path bad =
        new BundleJar("bad.hand", "1.0.0").imports("nobody.has.it").to(folder.resolve("bad.jar"));
    CommandLine.Ended refused = ctl(at, "packages", "install", bad.toString());
    assertEquals(1, refused.status(), refused::out);
    assertTrue(refused.out().contains("nobody.has.it"), refused::out);
    assertEquals(0, ctl(at, "packages", "remove", "by.hand").status());
    assertEquals(5, ctl(at, "packages", "remove", "by.hand").status());
    CommandLine.Ended changed =
        ctl(at, "components", "org.penstock.core.deployment", "probation.s=2");
    assertEquals(0, changed.status(), changed::out);
    assertTrue(ctl(at, "components", "org.penstock.core.deployment").out().contains("probation.s"));
    assertEquals(0, ctl(at, "snapshots").status());
    assertEquals(2, ctl(at, "nonsense").status());
    assertEquals(3, ctl("https://127.0.0.1:1", "health").status());
    Files.writeString(folder.resolve("wrong"), "wrong\n");
    assertEquals(
        4, ctl(at, "packages", "--password-file", folder.resolve("wrong").toString()).status());
    assertTrue(ctl(at, "completion").out().startsWith("complete -W"));
  }

  private CommandLine.Ended ctl(String address, String... words) {
    return new CommandLine(folder).run(address, words);
  }

  @Test
  void aNewSetOfSystemBundlesThatNeverBecomesReadyIsGivenUp() throws IOException {
    try (Gateway gateway = new Gateway(folder, null).start()) {
      assertEquals(0, gateway.stop());
      Path sets = gateway.home().resolve("packages/system");
      copyWithout("org.penstock.core.system", sets.resolve("broken"));
      Files.writeString(sets.resolve("next"), "broken\n");
      for (int i = 0; i < 3; i++) {
        gateway.launch();
        Path log = gateway.home().resolve("tmp/framework");
        int failed = i;
        Await.until(
            LIMIT,
            () -> "start " + failed + ": " + gateway.process().lines(),
            () -> record(gateway).contains("failed=" + failed) && Files.isDirectory(log));
        gateway.kill();
      }
      gateway.start();
      String said = String.join("\n", gateway.process().lines());
      assertTrue(said.contains("falls back to the last good one"), said);
    }
  }

  private static String record(Gateway gateway) {
    try {
      String text = Files.readString(gateway.home().resolve("packages/boot.properties"));
      return text.contains("set=broken") ? text : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static void copyWithout(String name, Path to) throws IOException {
    Path from = INSTALL.resolve("system");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().startsWith(name + "-")) {
          Path target = to.resolve(from.relativize(file).toString());
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
    }
  }
}

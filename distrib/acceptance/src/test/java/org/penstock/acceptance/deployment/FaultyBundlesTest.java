package org.penstock.acceptance.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.Device;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.PackageJar;
import org.penstock.acceptance.product.Seed;

/**
 * Bad bundles and packages, new ones and updates, while two drivers poll: each is refused or rolled
 * back with its reason, what was there before runs, the health page answers, the other assets go on.
 * Without it one bad file could take a gateway down that nobody can drive to.
 */
class FaultyBundlesTest {

  private enum Kind {
    BUNDLE,
    PACKAGE,
    BUNDLE_UPDATE,
    PACKAGE_UPDATE
  }

  private static final boolean ALL = Boolean.getBoolean("penstock.all");

  @TempDir static Path folder;
  private static Device device;
  private static Gateway gateway;
  private static Packages packages;

  @BeforeAll
  static void start() {
    device = new Device(folder);
    Seed seed =
        new Seed()
            .component(
                "org.penstock.core.deployment",
                null,
                "probation.s",
                1,
                "start.limit.s",
                3,
                // the machine that tests may be busy: what a starved thread still gets is too much
                "load.s",
                2,
                "load.allocation.mb.per.s",
                5,
                "load.cpu.percent",
                15)
            .modbus("modbus", device.port())
            .asset("pump", "modbus")
            .register("pump", "level", "INTEGER", "UINT16", 0)
            .component("toy", "org.penstock.driver.template")
            .asset("toys", "toy")
            .channel("toys", "count", "INTEGER", "address", "counter/a")
            .graph(500, "pump", "toys");
    gateway = new Gateway(folder, seed.xml()).start();
    packages = new Packages(gateway);
    assertEquals("DONE", result(packages.install("victim.jar", good("victim", "1.0.0"))));
    byte[] whole = new PackageJar("victims", "1.0.0").bundle(good("part", "1.0.0")).bytes();
    assertEquals("DONE", result(packages.install("victims.dp", whole)));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    device.close();
  }

  @TestFactory
  List<DynamicTest> everyFaultIsRefusedOrRolledBackWithItsReason() {
    probation(6);
    int port = Integer.parseInt(gateway.address().replaceAll(".*:", ""));
    List<DynamicTest> tests = new ArrayList<>();
    int number = 0;
    for (Faults.Fault fault : Faults.all(port)) {
      for (Kind kind : Kind.values()) {
        // each fault once in its turn of kinds, all of them in the long run
        if (ALL || kind.ordinal() == number % Kind.values().length) {
          String name = fault.name() + ", " + kind.name().toLowerCase(Locale.ROOT);
          tests.add(DynamicTest.dynamicTest(name, () -> check(fault, kind)));
        }
      }
      number++;
    }
    return tests;
  }

  /** What is good needs no long look: only faults that show in their load do. */
  private static void probation(int seconds) {
    String body =
        ("{\"configs\":[{\"pid\":\"org.penstock.core.deployment\",\"properties\":{\"probation.s\":"
                + "{\"type\":\"INTEGER\",\"value\":%d}}}],\"takeSnapshot\":false}")
            .formatted(seconds);
    String update = "/services/configuration/v2/configurableComponents/configurations/_update";
    assertEquals(200, gateway.send("PUT", update, body).statusCode());
  }

  private static void check(Faults.Fault fault, Kind kind) {
    boolean isPackage = kind == Kind.PACKAGE || kind == Kind.PACKAGE_UPDATE;
    boolean update = kind == Kind.BUNDLE_UPDATE || kind == Kind.PACKAGE_UPDATE;
    String bundle = !update ? "bad.one" : isPackage ? "part" : "victim";
    String unit = !isPackage ? bundle : update ? "victims" : "bad.package";
    byte[] content = fault.jar(bundle, "2.0.0");
    if (isPackage) {
      content = new PackageJar(unit, "2.0.0").bundle(bundle, "2.0.0", content).bytes();
    }
    JsonObject outcome = packages.install("bad." + (isPackage ? "dp" : "jar"), content);
    assertEquals(fault.result(), result(outcome), outcome::toString);
    String reason = outcome.get("reason").getAsString();
    for (String word : fault.words()) {
      assertTrue(reason.contains(word), () -> "'" + word + "' is not in: " + reason);
    }
    assertEquals(update ? "1.0.0" : null, packages.version(unit));
    assertEquals(update ? "ACTIVE 1.0.0" : null, packages.bundle(bundle));
    assertEquals("OK", level("core/bundles"), () -> gateway.health().toString());
    assertPolling("pump");
    assertPolling("toys");
  }

  @Test
  void aDowngradeIsRefused() {
    JsonObject outcome = packages.install("old.jar", good("victim", "0.9.0"));
    assertRefused(outcome, "no downgrade", "1.0.0", "0.9.0");
  }

  @Test
  void theSameNameAndVersionWithOtherContentIsRefused() {
    byte[] other = new BundleJar("victim", "1.0.0").activator("keep = 7;").bytes();
    assertRefused(packages.install("other.jar", other), "other content");
  }

  @Test
  void aPackageThatHoldsAnothersBundleIsRefused() {
    byte[] thief = new PackageJar("thief", "1.0.0").bundle(good("part", "3.0.0")).bytes();
    assertRefused(packages.install("thief.dp", thief), "belongs to victims");
  }

  @Test
  void aBadConfigurationFragmentIsRefusedOrRolledBackWithTheConfiguration() {
    byte[] unreadable =
        new PackageJar("configured", "1.0.0")
            .bundle(good("configured.part", "1.0.0"))
            .configuration("config.xml", "<not xml")
            .bytes();
    assertRefused(packages.install("c.dp", unreadable), "config.xml", "can't be read");
    String xml =
        new Seed()
            .component("new.toy", "org.penstock.driver.template")
            .component("modbus", "org.penstock.driver.modbus", "port", 70_000)
            .xml();
    byte[] wrong =
        new PackageJar("configured", "1.0.0")
            .bundle(good("configured.part", "1.0.0"))
            .configuration("config.xml", xml)
            .bytes();
    JsonObject outcome = packages.install("c.dp", wrong);
    assertEquals("ROLLED_BACK", result(outcome), outcome::toString);
    assertTrue(outcome.get("reason").getAsString().contains("port"), outcome::toString);
    assertEquals(null, packages.bundle("configured.part"));
    String pids = gateway.get("/services/configuration/v2/configurableComponents").body();
    assertTrue(!pids.contains("new.toy"), pids);
    assertPolling("pump");
  }

  @Test
  void aGoodConfigurationFragmentIsAppliedAndKept() {
    probation(1);
    String xml = new Seed().component("second.toy", "org.penstock.driver.template").xml();
    byte[] good =
        new PackageJar("well.configured", "1.0.0")
            .bundle(good("well.part", "1.0.0"))
            .configuration("config.xml", xml)
            .bytes();
    JsonObject outcome = packages.install("w.dp", good);
    assertEquals("DONE", result(outcome), outcome::toString);
    String pids = gateway.get("/services/configuration/v2/configurableComponents").body();
    assertTrue(pids.contains("second.toy"), pids);
    assertEquals("DONE", result(packages.uninstall("well.configured")));
  }

  @Test
  void anUpdateThatTakesAwayAnothersServiceIsRolledBack() {
    probation(1);
    String provide =
        "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"p\""
            + " immediate=\"true\"><implementation class=\"p.P\"/><property name=\"x\" value=\"1\"/>"
            + "<service><provide interface=\"java.lang.Runnable\"/></service></scr:component>";
    String use =
        "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"u\""
            + " immediate=\"true\"><implementation class=\"u.U\"/><reference name=\"r\""
            + " interface=\"java.lang.Runnable\" target=\"(x=1)\" field=\"r\"/></scr:component>";
    String source = "package p; public class P implements Runnable { public void run() {} }";
    byte[] provider =
        new BundleJar("provider", "1.0.0").component(provide).source("p.P", source).bytes();
    byte[] user =
        new BundleJar("user", "1.0.0")
            .component(use)
            .source("u.U", "package u; public class U { Runnable r; }")
            .bytes();
    assertEquals("DONE", result(packages.install("provider.jar", provider)));
    assertEquals("DONE", result(packages.install("user.jar", user)));
    JsonObject outcome = packages.install("provider.jar", good("provider", "2.0.0"));
    assertEquals("ROLLED_BACK", result(outcome), outcome::toString);
    assertTrue(
        outcome.get("reason").getAsString().contains("no longer satisfied"), outcome::toString);
    assertEquals("ACTIVE 1.0.0", packages.bundle("provider"));
    assertEquals("DONE", result(packages.uninstall("user")));
    assertEquals("DONE", result(packages.uninstall("provider")));
  }

  @Test
  void anUpdateThatChangesAnExportedPackageAndAnUninstallOfANeededBundleAreRefused() {
    probation(1);
    byte[] exporter = exporter("1.0.0", "1.0.0");
    byte[] importer =
        new BundleJar("importer", "1.0.0").imports("shared.api;version=\"[1,2)\"").bytes();
    assertRefused(packages.install("importer.jar", importer), "shared.api");
    assertEquals("DONE", result(packages.install("exporter.jar", exporter)));
    assertEquals("DONE", result(packages.install("importer.jar", importer)));
    assertRefused(
        packages.install("exporter.jar", exporter("2.0.0", "2.0.0")),
        "importer needs",
        "shared.api");
    assertRefused(packages.uninstall("exporter"), "exporter is needed", "importer");
    assertEquals("ACTIVE 1.0.0", packages.bundle("exporter"));
    assertEquals("DONE", result(packages.uninstall("importer")));
    assertEquals("DONE", result(packages.uninstall("exporter")));
  }

  @Test
  void theJournalTellsWhoWhatWhenAndWhy() {
    packages.install("old.jar", good("victim", "0.8.0"));
    JsonObject line = packages.journal().get(0).getAsJsonObject();
    assertEquals("victim", line.get("name").getAsString());
    assertEquals("0.8.0", line.get("version").getAsString());
    assertEquals("REFUSED", line.get("result").getAsString());
    assertEquals("admin", line.getAsJsonObject("origin").get("who").getAsString());
    assertEquals("rest", line.getAsJsonObject("origin").get("from").getAsString());
    assertTrue(line.get("begun").getAsLong() <= line.get("ended").getAsLong());
  }

  private static byte[] exporter(String version, String exported) {
    return new BundleJar("exporter", version)
        .header("Export-Package", "shared.api;version=\"" + exported + "\"")
        .source("shared.api.Shared", "package shared.api; public class Shared {}")
        .bytes();
  }

  private static byte[] good(String symbolicName, String version) {
    return new BundleJar(symbolicName, version).activator("").bytes();
  }

  private static void assertRefused(JsonObject outcome, String... words) {
    assertEquals("REFUSED", result(outcome), outcome::toString);
    for (String word : words) {
      assertTrue(outcome.get("reason").getAsString().contains(word), outcome::toString);
    }
  }

  private static String result(JsonObject outcome) {
    return outcome.get("result").getAsString();
  }

  private static String level(String source) {
    return gateway
        .health()
        .getAsJsonObject("states")
        .getAsJsonObject(source)
        .get("level")
        .getAsString();
  }

  private static void assertPolling(String asset) {
    String[] body = new String[1];
    Await.until(
        Duration.ofSeconds(20),
        () -> asset + ": " + body[0],
        () -> {
          body[0] = gateway.get("/services/assets/" + asset + "/_read").body();
          return body[0].contains("SUCCESS");
        });
  }
}

package org.penstock.acceptance.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.PackageJar;
import org.penstock.acceptance.product.Seed;

/**
 * Bad bundles and packages, new ones and updates, while two drivers poll: each is refused or rolled
 * back with its reason, what was there before runs, the health page answers, the other assets go on.
 * Without it one bad file could take a gateway down that nobody can drive to.
 */
@Tag("beside")
class FaultyBundlesTest {

  private static final boolean ALL = Boolean.getBoolean("penstock.all");

  /** The aims hold on a calm machine of its own; the one that tests may be shared. */
  private static final int SLACK = 5;

  private static final double MISSED_SHARE = 0.01;
  private static final long STOPPED_MS = 10_000;
  private static final int CONTROL_POLLS = ALL ? 60 : 20;

  private static final Set<String> NAMED =
      Set.of(
          "throws in activator",
          "hangs in activate",
          "never satisfied",
          "missing import",
          "wrong API version",
          "log flood",
          "memory hog",
          "core spinner",
          "opens the HTTP port",
          "corrupt zip",
          "path traversal",
          "wrong hash",
          "unsigned",
          "expired signer",
          "revoked signer",
          "downgrade",
          "same name other content",
          "truncated download",
          "server drops mid-way",
          "server sends for ever",
          "disk full",
          "bad configuration fragment",
          "breaks another driver's service",
          "changes an exported package",
          "uninstall of a needed bundle");

  @TempDir static Path folder;
  private static FaultStage stage;
  private static Gateway gateway;
  private static Packages packages;
  private static HealthPoller health;
  private static Map<String, FaultStage.Polls> begin;
  private static Map<String, FaultStage.Polls> control;
  private static final Map<String, FaultStage.Polls> HOGS = new TreeMap<>();

  @BeforeAll
  static void start() {
    stage = new FaultStage(folder);
    gateway = stage.gateway();
    packages = stage.packages();
    health = new HealthPoller(gateway);
  }

  @AfterAll
  static void stop() {
    health.close();
    stage.close();
  }

  private static List<NamedFault> faults() {
    List<NamedFault> all = new ArrayList<>();
    Faults.all(gateway.port()).forEach(fault -> all.add(NamedFault.of(fault)));
    all.addAll(OtherFaults.all());
    return all;
  }

  /** Those of the issue, each in all kinds but where the table says why there is none. */
  @Test
  void theTableHoldsEachNamedFaultInEachKind() {
    Set<String> names = new TreeSet<>();
    int trials = 0;
    for (NamedFault fault : faults()) {
      names.add(fault.name());
      trials += fault.kinds().size();
      assertTrue(!fault.kinds().isEmpty(), fault::toString);
      fault.nonsense().values().forEach(why -> assertTrue(!why.isEmpty(), fault::toString));
    }
    assertTrue(names.containsAll(NAMED), () -> "of " + NAMED + " there are " + names);
    assertEquals(26 * Kind.values().length - 5, trials); // one more than named, five are nonsense
  }

  @TestFactory
  List<DynamicTest> everyFaultIsRefusedOrRolledBackWithItsReason() {
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(DynamicTest.dynamicTest("control run", FaultyBundlesTest::control));
    int number = 0;
    for (NamedFault fault : faults()) {
      List<Kind> kinds = fault.kinds();
      Kind turn = kinds.get(number++ % kinds.size());
      for (Kind kind : kinds) {
        // each fault once in its turn of kinds, all of them in the long run
        if (ALL || kind == turn) {
          String name = fault.name() + ", " + kind;
          tests.add(DynamicTest.dynamicTest(name, () -> check(fault, kind)));
        }
      }
    }
    tests.add(DynamicTest.dynamicTest("others on time", FaultyBundlesTest::assertOnTime));
    tests.add(DynamicTest.dynamicTest("health answered", FaultyBundlesTest::assertAnswered));
    tests.add(DynamicTest.dynamicTest("nothing is left", FaultyBundlesTest::assertNothingLeft));
    return tests;
  }

  /** How the others do without faults: the same machine, the same minute. */
  private static void control() {
    Map<String, FaultStage.Polls> first = stage.polls();
    String slow = FaultStage.ASSETS.get(0);
    Await.until(
        Duration.ofMillis((long) SLACK * CONTROL_POLLS * FaultStage.PERIOD_MS),
        () -> "polls: " + stage.polls(),
        () -> stage.polls().get(slow).since(first.get(slow)).asked() >= CONTROL_POLLS);
    begin = stage.polls();
    control = since(first);
  }

  private static Map<String, FaultStage.Polls> since(Map<String, FaultStage.Polls> before) {
    Map<String, FaultStage.Polls> since = stage.polls();
    since.replaceAll((asset, now) -> now.since(before.get(asset)));
    return since;
  }

  private static void check(NamedFault fault, Kind kind) {
    stage.settings(fault.isOfSigner() ? "enforce" : "off", fault.loads() ? 6 : 1);
    Map<String, FaultStage.Polls> before = stage.polls();
    JsonObject outcome = fault.trial().run(stage, kind);
    Map<String, FaultStage.Polls> during = since(before);
    if (during.values().stream().anyMatch(polls -> polls.missed() > 0)) {
      System.out.println(fault.name() + ", " + kind + ": " + during);
    }
    if ("memory hog".equals(fault.name())) {
      during.forEach((asset, p) -> HOGS.merge(asset, p, FaultStage.Polls::plus));
    }
    assertEquals(fault.result(), result(outcome), outcome::toString);
    String reason = outcome.get("reason").getAsString();
    for (String word : fault.words()) {
      boolean told = Arrays.stream(word.split("\\|")).anyMatch(reason::contains);
      assertTrue(told, () -> "'" + word + "' is not in: " + reason);
    }
    if (fault.loads()) {
      long took = outcome.get("ended").getAsLong() - outcome.get("begun").getAsLong();
      System.out.println(fault.name() + ", " + kind + ": stopped after " + took + " ms");
      assertTrue(took <= SLACK * STOPPED_MS, () -> "stopped after " + took + " ms");
    }
    stage.assertAsBefore();
    assertPolling("pump");
    assertPolling("toys");
  }

  private static void assertOnTime() {
    Map<String, FaultStage.Polls> all = since(begin);
    System.out.println("control " + control + ", faults " + all + ", memory hogs " + HOGS);
    all.forEach((asset, polls) -> assertOnTime(asset, polls));
    HOGS.forEach((asset, polls) -> assertOnTime(asset, polls));
  }

  private static void assertOnTime(String asset, FaultStage.Polls polls) {
    double share = SLACK * (control.get(asset).share() + MISSED_SHARE);
    assertTrue(
        polls.missed() <= 1 + share * polls.asked(),
        () -> asset + ": " + polls + ", in the control run " + control.get(asset));
  }

  private static void assertAnswered() {
    System.out.println("health: " + health);
    assertEquals(List.of(), health.failures(), health::toString);
  }

  /** No thread of a fault runs on, no file of it stays. */
  private static void assertNothingLeft() throws IOException {
    assertEquals(List.of(), faultyFrames());
    assertEquals(Set.of(), left("tmp", "fetch-.*\\.dp"));
    assertEquals(Set.of(), left("packages", "pending.json|\\..*"));
    assertTrue(!Files.exists(gateway.home().resolve("outside.txt")));
  }

  /** Where threads of faults stand. */
  private static List<String> faultyFrames() {
    List<String> lines = gateway.threads().lines().toList();
    assertTrue(lines.stream().anyMatch(l -> l.contains("core/deployment")), lines::toString);
    return lines.stream().filter(l -> l.contains("at faulty.")).toList();
  }

  private static Set<String> left(String where, String pattern) throws IOException {
    try (Stream<Path> all = Files.list(gateway.home().resolve(where))) {
      return all.map(f -> f.getFileName().toString())
          .filter(name -> name.matches(pattern))
          .collect(Collectors.toSet());
    }
  }

  /** Nobody watches what is committed, it is thought: but its load is looked at for ever. */
  @Test
  void whatLoadsTheMachineOnlyAfterItsProbationIsStoppedAndNamed() {
    stage.settings("off", 1);
    byte[] sleeper =
        new BundleJar("sleeper", "1.0.0")
            .activator(
                "Thread t = new Thread(() -> { try { Thread.sleep(4000); } catch"
                    + " (InterruptedException e) { return; } long n = 0; while (true) n++; },"
                    + " \"sleeper\"); t.setDaemon(true); t.start();")
            .bytes();
    JsonObject outcome = packages.install("sleeper.jar", sleeper);
    assertEquals("DONE", result(outcome), outcome::toString);
    Await.until(
        Duration.ofMillis(4000 + SLACK * STOPPED_MS),
        () -> "sleeper is " + packages.bundle("sleeper"),
        () -> !"ACTIVE 1.0.0".equals(packages.bundle("sleeper")));
    long took = System.currentTimeMillis() - outcome.get("ended").getAsLong() - 3000;
    System.out.println("committed spinner: stopped after " + took + " ms");
    Await.until(
        Duration.ofSeconds(60),
        () -> stage.state("core/deployment").toString(),
        () -> stage.state("core/deployment").get("reason").getAsString().contains("of a core"));
    assertEquals("DONE", result(packages.uninstall("sleeper")));
    assertEquals(List.of(), faultyFrames());
  }

  @Test
  void aDowngradeIsRefused() {
    stage.settings("off", 1);
    JsonObject outcome = packages.install("old.jar", good("victim", "0.9.0"));
    assertRefused(outcome, "no downgrade", "1.0.0", "0.9.0");
  }

  @Test
  void theSameNameAndVersionWithOtherContentIsRefused() {
    stage.settings("off", 1);
    byte[] other = new BundleJar("victim", "1.0.0").activator("keep = 7;").bytes();
    assertRefused(packages.install("other.jar", other), "other content");
  }

  @Test
  void aPackageThatHoldsAnothersBundleIsRefused() {
    stage.settings("off", 1);
    byte[] thief = new PackageJar("thief", "1.0.0").bundle(good("victim.part", "3.0.0")).bytes();
    assertRefused(packages.install("thief.dp", thief), "belongs to victims");
  }

  @Test
  void aBadConfigurationFragmentIsRefusedOrRolledBackWithTheConfiguration() {
    stage.settings("off", 1);
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
    stage.settings("off", 1);
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
    stage.settings("off", 1);
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
    stage.settings("off", 1);
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
    stage.settings("off", 1);
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
    return OtherFaults.victim(symbolicName, version);
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

  private static void assertPolling(String asset) {
    String[] body = new String[1];
    Await.until(
        Duration.ofSeconds(120),
        () -> asset + ": " + body[0],
        () -> {
          body[0] = gateway.get("/services/assets/" + asset + "/_read").body();
          return body[0].contains("SUCCESS");
        });
  }
}

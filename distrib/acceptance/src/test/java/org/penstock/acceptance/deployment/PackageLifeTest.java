package org.penstock.acceptance.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.PackageJar;
import org.penstock.acceptance.product.Seed;

/**
 * What packages leave, bring along and do to others. Without it an update could lose what a user had set, an
 * uninstalled driver its configuration at once or never, and a bundle that makes others late would be kept.
 */
@Tag("beside")
class PackageLifeTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String PACKAGES = "/api/v1/packages";
  private static final String FACTORIES = "/services/configuration/v2/factoryComponents";
  private static final int MIB = 1 << 20;

  @TempDir static Path folder;

  private static Gateway gateway;

  @BeforeAll
  static void start() {
    Seed seed = new Seed().component("org.penstock.core.deployment", null, "probation.s", 1);
    gateway = new Gateway(folder, seed.xml()).start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static JsonObject install(String file, byte[] content) {
    return new Packages(gateway).install(file, content);
  }

  private static void done(JsonObject outcome) {
    assertEquals("DONE", outcome.get("result").getAsString(), outcome.toString());
  }

  private static void uninstall(String name) {
    done(new Packages(gateway).uninstall(name));
  }

  private static void make(String pid, String factory, String properties) {
    HttpResponse<String> answer =
        gateway.send(
            "POST",
            FACTORIES,
            "{\"configs\":[{\"pid\":\""
                + pid
                + "\",\"factoryPid\":\""
                + factory
                + "\",\"properties\":{"
                + properties
                + "}}]}");
    assertEquals(200, answer.statusCode(), answer.body());
    Await.until(LIMIT, () -> configuration(pid), () -> configuration(pid).contains(factory));
  }

  private static String configuration(String pid) {
    return gateway
        .send(
            "POST",
            "/services/configuration/v2/configurableComponents/configurations/byPid",
            "{\"pids\":[\"" + pid + "\"]}")
        .body();
  }

  /** The newest snapshot as text: what a restart would bring back. */
  private static String snapshot() {
    String ids = gateway.get("/services/configuration/v2/snapshots").body();
    String last = ids.replaceAll(".*[,\\[](\\d+)\\].*", "$1");
    return gateway
        .send("POST", "/services/configuration/v2/snapshots/byId", "{\"id\":" + last + "}")
        .body();
  }

  private static PackageJar plant(String version, String driver) {
    return new PackageJar("plant", version)
        .bundle(
            BundleJar.of(BundleJar.shipped("org.penstock.driver.template"))
                .header("Bundle-Version", driver)
                .bytes());
  }

  @Test
  void aMigrationCarriesWhatWasSetIntoTheNewVersionsKeys() {
    done(install("plant.dp", plant("1.0.0", "8.1.0").bytes()));
    make(
        "old",
        "org.penstock.driver.template",
        "\"base.port\":{\"type\":\"INTEGER\",\"value\":77},"
            + "\"legacy\":{\"type\":\"STRING\",\"value\":\"gone\"}");
    String rules =
        "from [1.0,2.0)\nfactory org.penstock.driver.template\nrename base.port tcp.port\n"
            + "remove legacy\ndefault mode swift\n";
    done(install("plant.dp", plant("2.0.0", "8.2.0").migration("conf/migration", rules).bytes()));
    String now = configuration("old");
    assertTrue(now.contains("\"tcp.port\""), now);
    assertTrue(now.contains("77"), now);
    assertTrue(now.contains("swift"), now);
    assertFalse(now.contains("base.port") || now.contains("legacy"), now);
    assertTrue(snapshot().contains("tcp.port"), "a restart brings the migrated one back");
    JsonObject refused =
        install(
            "plant.dp", plant("2.1.0", "8.3.0").migration("conf/migration", "move a b").bytes());
    assertEquals("REFUSED", refused.get("result").getAsString(), refused.toString());
    assertTrue(refused.toString().contains("move a b"), refused.toString());
    uninstall("plant");
  }

  /** Refused before anything is touched, each with what there is instead. */
  @Test
  void aPackageForAnotherRuntimeOrAnotherApiIsRefused() {
    byte[] part = new BundleJar("wants.part", "1.0.0").activator("").bytes();
    refused("Penstock-Runtime", "[99,100)", part, "99");
    refused("Penstock-Require", "org.eclipse.kura.driver;version=\"[7,8)\"", part, "kura.driver");
    refused("Penstock-Require", "com.acme.nowhere", part, "com.acme.nowhere");
    assertEquals(null, new Packages(gateway).bundle("wants.part"));
    byte[] fits =
        new PackageJar("wants", "1.0.0")
            .header("Penstock-Runtime", "[0,99)")
            .header("Penstock-Require", "org.eclipse.kura.driver;version=\"[1,2)\"")
            .bundle(part)
            .bytes();
    done(install("wants.dp", fits));
    uninstall("wants");
  }

  private static void refused(String header, String value, byte[] part, String word) {
    byte[] dp = new PackageJar("wants", "1.0.0").header(header, value).bundle(part).bytes();
    JsonObject outcome = install("wants.dp", dp);
    assertEquals("REFUSED", outcome.get("result").getAsString(), outcome.toString());
    assertTrue(outcome.get("reason").getAsString().contains(word), outcome.toString());
  }

  private static byte[] thing() {
    return new BundleJar("grace.things", "1.0.0")
        .component(
            "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"grace.Thing\""
                + " configuration-policy=\"require\"><implementation class=\"grace.Thing\"/>"
                + "<service><provide interface=\"org.eclipse.kura.configuration.ConfigurableComponent\"/>"
                + "</service></scr:component>")
        .imports("org.eclipse.kura.configuration;version=\"[1.0,2)\"")
        .source(
            "grace.Thing",
            "package grace; public class Thing implements"
                + " org.eclipse.kura.configuration.ConfigurableComponent {}")
        .bytes();
  }

  /** Since when the deployment is as it is: a changed configuration makes a new one. */
  private static String since() {
    JsonObject states = gateway.health().getAsJsonObject("states");
    return states.has("core/deployment") ? states.get("core/deployment").toString() : "";
  }

  private static void grace(int hours) {
    String before = since();
    HttpResponse<String> answer =
        gateway.send(
            "PUT",
            "/services/configuration/v2/configurableComponents/configurations/_update",
            "{\"configs\":[{\"pid\":\"org.penstock.core.deployment\",\"properties\":"
                + "{\"uninstall.grace.h\":{\"type\":\"INTEGER\",\"value\":"
                + hours
                + "}}}]}");
    assertEquals(200, answer.statusCode(), answer.body());
    Await.until(
        LIMIT, PackageLifeTest::since, () -> !since().equals(before) && since().contains("\"OK\""));
  }

  @Test
  void uninstallKeepsTheConfigurationForTheGraceAndForgetsItThen() {
    done(install("things.jar", thing()));
    make("thing1", "grace.Thing", "\"set\":{\"type\":\"STRING\",\"value\":\"by hand\"}");
    uninstall("grace.things");
    assertTrue(snapshot().contains("by hand"), "kept for the time of the grace");
    done(install("things.jar", thing()));
    Await.until(
        LIMIT, () -> configuration("thing1"), () -> configuration("thing1").contains("by hand"));
    grace(0);
    uninstall("grace.things");
    Await.until(LIMIT, PackageLifeTest::snapshot, () -> !snapshot().contains("by hand"));
    String journal = gateway.get(PACKAGES + "/_journal").body();
    assertTrue(journal.contains("\"forget\"") && journal.contains("thing1"), journal);
    grace(168);
  }

  /** An asset of somebody else that counts every period as missed once the other bundle is there. */
  private static byte[] victim() {
    String source =
        """
        package victim;
        import java.util.*;
        import org.osgi.framework.*;
        import org.penstock.api.health.*;
        public class Start implements BundleActivator, HealthSource {
          final long begin = System.nanoTime();
          public void start(BundleContext c) { c.registerService(HealthSource.class, this, null); }
          public void stop(BundleContext c) {}
          public String name() { return "field/asset/victim"; }
          static long periods(long from) { return (System.nanoTime() - from) / 10_000_000L; }
          public HealthState health() {
            Long late = Long.getLong("victim.late.since");
            Map<String, Object> figures = new HashMap<>();
            figures.put("polls.asked", periods(begin));
            figures.put("polls.missed", late == null ? 0L : periods(late));
            boolean sick = Boolean.getBoolean("victim.sick");
            return new HealthState(
                sick ? HealthState.Level.FAILED : HealthState.Level.OK,
                sick ? "the boiler is cold" : "",
                java.time.Instant.EPOCH,
                figures);
          }
        }
        """;
    return new BundleJar("victim", "1.0.0")
        .header("Bundle-Activator", "victim.Start")
        .imports("org.osgi.framework;version=\"[1.8,2)\",org.penstock.api.health")
        .source("victim.Start", source)
        .bytes();
  }

  @Test
  void aBundleThatMakesOthersLateOrSickIsRolledBack() {
    done(install("victim.jar", victim()));
    JsonObject outcome =
        install(
            "offender.jar",
            new BundleJar("offender", "1.0.0")
                .activator(
                    "System.setProperty(\"victim.late.since\", \"\" + System.nanoTime());",
                    "System.clearProperty(\"victim.late.since\");")
                .bytes());
    assertEquals("ROLLED_BACK", outcome.get("result").getAsString(), outcome.toString());
    String reason = outcome.get("reason").getAsString();
    assertTrue(reason.contains("field/asset/victim misses"), reason);
    assertTrue(reason.contains("since the change, 0 % before"), reason);
    JsonObject poisoned =
        install(
            "poison.jar",
            new BundleJar("poison", "1.0.0")
                .activator(
                    "System.setProperty(\"victim.sick\", \"true\");",
                    "System.clearProperty(\"victim.sick\");")
                .bytes());
    assertEquals("ROLLED_BACK", poisoned.get("result").getAsString(), poisoned.toString());
    String worse = poisoned.get("reason").getAsString();
    assertTrue(worse.contains("health of field/asset/victim: the boiler is cold"), worse);
    uninstall("victim");
  }

  @Test
  void aFileOfTwentyMebibytesIsTakenOverRestAndOneAboveTheLimitNamed() {
    byte[] ballast = new byte[20 * MIB];
    new Random(1).nextBytes(ballast);
    done(
        install(
            "large.jar",
            new BundleJar("large", "1.0.0").activator("").file("ballast", ballast).bytes()));
    uninstall("large");
    HttpResponse<String> refused = gateway.upload(PACKAGES + "?file=x.jar", new byte[33 * MIB]);
    assertEquals(413, refused.statusCode(), refused.body());
    assertTrue(refused.body().contains("32 MiB"), refused.body());
  }
}

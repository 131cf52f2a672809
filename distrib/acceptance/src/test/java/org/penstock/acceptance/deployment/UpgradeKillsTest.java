package org.penstock.acceptance.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/** Without it a kill in the middle of an upgrade could leave a gateway between two versions. */
@Tag("beside")
class UpgradeKillsTest {

  private static final Path TEMPLATE = BundleJar.shipped("org.penstock.driver.template");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int KILLS = Boolean.getBoolean("penstock.all") ? 200 : 10;

  @TempDir Path folder;

  @Test
  void everyKillDuringAnUpgradeLeavesTheOldOrTheNewVersion() throws IOException {
    Seed seed =
        new Seed()
            .component("org.penstock.core.deployment", null, "probation.s", 1)
            .component("toy", "org.penstock.driver.template")
            .asset("plant", "toy")
            .channel("plant", "version", "STRING", "address", "version");
    try (Gateway gateway = new Gateway(folder, seed.xml()).start()) {
      Path file = gateway.home().resolve("deploy/template.jar");
      String before = awaitVersion(gateway, Set.of(), true);
      for (int i = 1; i <= KILLS; i++) {
        String next = "5.0." + i;
        BundleJar.of(TEMPLATE).header("Bundle-Version", next).to(file);
        // the looks take 1 to 2 s, update and probation 1 to 3 s: every part is hit by some kill
        LockSupport.parkNanos(Duration.ofMillis(600 + 370L * i % 3700).toNanos());
        gateway.kill();
        Files.delete(file);
        gateway.start();
        before = awaitVersion(gateway, new HashSet<>(List.of(before, next, shipped())), false);
      }
      assertWhole(gateway);
    }
  }

  private static String shipped() throws IOException {
    return BundleJar.manifest(Files.readAllBytes(TEMPLATE))
        .getMainAttributes()
        .getValue("Bundle-Version");
  }

  /** On a busy machine a gateway that has just started may take long to answer. */
  private static String read(Gateway gateway) {
    try {
      return gateway.get("/services/assets/plant/_read").body();
    } catch (UncheckedIOException notYet) {
      return "{\"not\":\"yet\"}";
    }
  }

  private static String awaitVersion(Gateway gateway, Set<String> allowed, boolean any) {
    String[] is = new String[1];
    Await.until(
        LIMIT,
        () -> "version " + is[0] + ", allowed " + allowed,
        () -> {
          String body = read(gateway);
          JsonElement answer = JsonParser.parseString(body);
          is[0] = body;
          if (!answer.isJsonArray() || answer.getAsJsonArray().isEmpty()) {
            return false;
          }
          JsonElement value = answer.getAsJsonArray().get(0).getAsJsonObject().get("value");
          is[0] = value == null ? body : value.getAsString();
          return value != null && (any || allowed.contains(is[0]));
        });
    return is[0];
  }

  private static void assertWhole(Gateway gateway) throws IOException {
    Path packages = gateway.home().resolve("packages");
    Await.until(
        LIMIT,
        () -> "a transaction is not ended",
        () -> !Files.exists(packages.resolve("pending.json")));
    Set<String> needed = new HashSet<>();
    JsonObject state =
        JsonParser.parseString(Files.readString(packages.resolve("installed.json")))
            .getAsJsonObject();
    for (JsonElement unit : state.getAsJsonObject("units").asMap().values()) {
      needed.add(unit.getAsJsonObject().get("sha256").getAsString() + ".jar");
      unit.getAsJsonObject()
          .getAsJsonArray("holdings")
          .forEach(h -> needed.add(h.getAsJsonObject().get("sha256").getAsString() + ".jar"));
    }
    Await.until(LIMIT, () -> "orphans in the store", () -> needed.equals(stored(packages)));
    String bundles = gateway.get("/services/inventory/v1/bundles").body();
    assertEquals(1, bundles.split("\"org.penstock.driver.template\"", -1).length - 1, bundles);
    assertFalse(bundles.contains("\"INSTALLED\""), bundles);
    assertTrue(Files.exists(packages.resolve("journal")));
  }

  private static Set<String> stored(Path packages) {
    try (Stream<Path> files = Files.list(packages.resolve("store"))) {
      Set<String> names = new HashSet<>();
      files.forEach(f -> names.add(f.getFileName().toString()));
      return names;
    } catch (IOException e) {
      return Set.of();
    }
  }
}

package org.penstock.acceptance.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Device;
import org.penstock.acceptance.product.FileServer;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.PackageJar;
import org.penstock.acceptance.product.Seed;

/** The product with two drivers that poll, and with bundles and packages that faults can meet. */
final class FaultStage implements AutoCloseable {

  /** Polls of one asset since it began. */
  record Polls(double asked, double missed) {

    Polls since(Polls before) {
      return new Polls(asked - before.asked, missed - before.missed);
    }

    Polls plus(Polls other) {
      return new Polls(asked + other.asked, missed + other.missed);
    }

    double share() {
      return asked == 0 ? 0 : missed / asked;
    }

    @Override
    public String toString() {
      return "%.0f of %.0f missed".formatted(missed, asked);
    }
  }

  static final List<String> ASSETS = List.of("pump", "toys");
  static final int PERIOD_MS = 500;

  private static final List<String> FIXTURES =
      List.of("victim", "victim.part", "base", "base.part", "client");

  /** For the journal and the transaction's note; what is to be installed is larger. */
  private static final int ROOM = 256 << 10;

  private static final int SETTLED_BYTES = 4096;

  private final Device device;
  private final FileServer files = new FileServer();
  private final Gateway gateway;
  private final Packages packages;
  private final Path folder;
  private final Path disk;
  private final boolean mounted;
  private Signers signers;
  private String settings = "";

  FaultStage(Path folder) {
    this.folder = folder;
    disk = folder.resolve("home/packages");
    mounted = "root".equals(System.getProperty("user.name")) && mount();
    device = new Device(folder);
    gateway = new Gateway(folder, seed()).start();
    packages = new Packages(gateway);
    install("victim.jar", OtherFaults.victim("victim", "1.0.0"));
    install("victims.dp", pack("victims", OtherFaults.victim("victim.part", "1.0.0")));
    install("base.jar", OtherFaults.base("base", "1.0.0", "1.0.0", true));
    byte[] part = OtherFaults.base("base.part", "1.0.0", "1.0.0", true);
    install("bases.dp", pack("bases", part));
    install("clients.dp", pack("clients", OtherFaults.client()));
    settings = "off 1";
  }

  private String seed() {
    return new Seed()
        .component(
            "org.penstock.core.deployment",
            null,
            "probation.s",
            1,
            "start.limit.s",
            3,
            "max.size.mb",
            4,
            "download.private",
            true,
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
        .component("pump", "org.eclipse.kura.wire.WireAsset", "poll.interval.ms", (long) PERIOD_MS)
        .component("toys", "org.eclipse.kura.wire.WireAsset", "poll.interval.ms", (long) PERIOD_MS)
        .xml();
  }

  private static byte[] pack(String name, byte[] bundle) {
    return new PackageJar(name, "1.0.0").bundle(bundle).bytes();
  }

  private void install(String file, byte[] content) {
    JsonObject outcome = packages.install(file, content);
    assertEquals("DONE", outcome.get("result").getAsString(), outcome::toString);
  }

  Gateway gateway() {
    return gateway;
  }

  Packages packages() {
    return packages;
  }

  FileServer files() {
    return files;
  }

  /** Made when first asked for: the tools take their time. */
  Signers signers() {
    if (signers == null) {
      signers = new Signers(folder, Signers.LEAVER, Signers.LATE);
      signers.trustedBy(gateway);
    }
    return signers;
  }

  /** What is good needs no long look: only faults that show in their load do. */
  void settings(String policy, int probation) {
    String wanted = policy + " " + probation;
    if (wanted.equals(settings)) {
      return;
    }
    String body =
        ("{\"configs\":[{\"pid\":\"org.penstock.core.deployment\",\"properties\":{\"probation.s\":"
                + "{\"type\":\"INTEGER\",\"value\":%d},\"signature.policy\":{\"type\":\"STRING\","
                + "\"value\":\"%s\"}}}],\"takeSnapshot\":false}")
            .formatted(probation, policy);
    String update = "/services/configuration/v2/configurableComponents/configurations/_update";
    String before = state("core/deployment").get("since").getAsString();
    assertEquals(200, gateway.send("PUT", update, body).statusCode());
    Await.until(
        Duration.ofSeconds(120),
        () -> "no new deployment service: " + gateway.health(),
        () -> isAnew(state("core/deployment"), before) && packages.isThere());
    settings = wanted;
  }

  private static boolean isAnew(JsonObject state, String before) {
    return state != null
        && "OK".equals(state.get("level").getAsString())
        && !before.equals(state.get("since").getAsString());
  }

  JsonObject upload(Kind kind, byte[] content) {
    return packages.install(kind.file(), content);
  }

  /** Where installed content goes there is almost no room meanwhile. */
  JsonObject onAFullDisk(Supplier<JsonObject> act) {
    Assumptions.assumeTrue(mounted, "a disk to fill must be mounted, which needs root");
    Path rubbish = disk.resolve("rubbish");
    try {
      byte[] block = new byte[SETTLED_BYTES];
      try (java.io.OutputStream out = Files.newOutputStream(rubbish)) {
        while (disk.toFile().getUsableSpace() > ROOM) {
          out.write(block);
        }
      }
      return act.get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      rubbish.toFile().delete();
    }
  }

  private boolean mount() {
    return disk.toFile().mkdirs()
        && run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()) == 0;
  }

  private static int run(String... words) {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  /** All that a fault could have met is as it was, and nothing came to it. */
  void assertAsBefore() {
    for (String fixture : FIXTURES) {
      assertEquals("ACTIVE 1.0.0", packages.bundle(fixture), fixture);
    }
    for (String unit : List.of("victim", "victims", "base", "bases", "clients")) {
      assertEquals("1.0.0", packages.version(unit), unit);
    }
    for (String name : List.of("bad.one", "other.part")) {
      assertEquals(null, packages.bundle(name), name);
    }
    assertEquals(null, packages.version("bad.package"));
    assertEquals("OK", level("core/bundles"), () -> gateway.health().toString());
  }

  String level(String source) {
    return state(source).get("level").getAsString();
  }

  JsonObject state(String source) {
    return gateway.health().getAsJsonObject("states").getAsJsonObject(source);
  }

  /** Polls of all assets until now. */
  Map<String, Polls> polls() {
    Map<String, Polls> polls = new TreeMap<>();
    for (String asset : ASSETS) {
      JsonObject figures = state("field/asset/" + asset).getAsJsonObject("figures");
      assertEquals(PERIOD_MS, figures.get("poll.interval.ms").getAsInt());
      polls.put(
          asset,
          new Polls(
              figures.get("polls.asked").getAsDouble(), figures.get("polls.missed").getAsDouble()));
    }
    return polls;
  }

  @Override
  public void close() {
    gateway.close();
    device.close();
    files.close();
    if (mounted) {
      run("umount", "-l", disk.toString());
    }
  }
}

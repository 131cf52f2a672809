package org.penstock.acceptance.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.FileServer;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.PackageJar;
import org.penstock.acceptance.product.Seed;

/**
 * Where files come from and who made them: signatures made by the JDK's own tools, and servers that
 * break off or never end. Without it anybody could put code into a gateway that wants signatures.
 */
class SupplyTest {

  @TempDir static Path folder;
  private static FileServer files;
  private static Gateway gateway;
  private static Packages packages;
  private static Signers signers;

  @BeforeAll
  static void start() throws IOException {
    files = new FileServer();
    signers = new Signers(folder, Signers.MAKER, Signers.STRANGER, Signers.LEAVER, Signers.LATE);
    Seed seed =
        new Seed()
            .component(
                "org.penstock.core.deployment",
                null,
                "probation.s",
                1,
                "signature.policy",
                "enforce",
                "max.size.mb",
                1,
                "download.private",
                true);
    gateway = new Gateway(folder, seed.xml()).start();
    signers.trustedBy(gateway);
    packages = new Packages(gateway);
  }

  @AfterAll
  static void stop() {
    gateway.close();
    files.close();
  }

  @Test
  void onlyWhatATrustedMakerSignedIsInstalled() throws IOException {
    byte[] plain = new BundleJar("signed.one", "1.0.0").activator("").bytes();
    refused(packages.install("u.jar", plain), "unsigned");
    refused(packages.install("s.jar", signers.signed(plain, "stranger")), "not trusted");
    refused(packages.install("l.jar", signers.signed(plain, "late")), "expired");
    refused(packages.install("r.jar", signers.signed(plain, "leaver")), "revoked");
    refused(packages.install("t.jar", tampered(signers.signed(plain, "maker"))), "changed after");
    assertEquals("DONE", result(packages.install("m.jar", signers.signed(plain, "maker"))));
    assertEquals("ACTIVE 1.0.0", packages.bundle("signed.one"));
  }

  @Test
  void signedPackagesAreInstalledAndUnsignedPartsOfThemAreNoExcuse() throws IOException {
    byte[] part = new BundleJar("signed.part", "1.0.0").activator("").bytes();
    byte[] dp = new PackageJar("signed.package", "1.0.0").bundle(part).bytes();
    byte[] inside =
        new PackageJar("signed.package", "1.0.0").bundle(signers.signed(part, "maker")).bytes();
    refused(packages.install("p.dp", dp), "unsigned");
    refused(packages.install("p.dp", inside), "unsigned");
    JsonObject outcome = packages.install("p.dp", signers.signed(dp, "maker"));
    assertEquals("DONE", result(outcome), outcome::toString);
    assertTrue(packages.list().toString().contains("CN=maker"), () -> "" + packages.list());
  }

  @Test
  void theScriptSignsForAGatewayThatTrustsItsKeyFromThenOn() throws Exception {
    Path jar =
        new BundleJar("by.script", "1.0.0").activator("").to(folder.resolve("by-script.jar"));
    ProcessBuilder sign =
        new ProcessBuilder(
            Path.of(System.getProperty("penstock.top")).resolve("penstock").toString(),
            "sign",
            jar.toString(),
            "--home",
            gateway.home().toString());
    sign.environment().put("PENSTOCK_KEYS", folder.resolve("development.p12").toString());
    Process process = sign.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0, out);
    JsonObject outcome = packages.install("by-script.jar", Files.readAllBytes(jar));
    assertEquals("DONE", result(outcome), outcome::toString);
  }

  @Test
  void badServersAreLeft() throws IOException {
    byte[] good = signers.signed(new BundleJar("fetched", "1.0.0").activator("").bytes(), "maker");
    String address = files.put("fetched.jar", good);
    refused(packages.fetch(address, "SHA-256:" + "0".repeat(64)), "has the hash");
    refused(packages.fetch(files.address("/half/fetched.jar"), null), "failed");
    refused(packages.fetch(files.address("/forever/x"), null), "larger than 1 MiB");
    refused(packages.fetch(files.address("/elsewhere/x"), null), "only https");
    refused(packages.fetch("file:///etc/passwd", null), "only https");
    refused(packages.fetch(files.address("/absent"), null), "404");
    assertEquals(null, packages.bundle("fetched"));
    assertEquals("DONE", result(packages.fetch(address, null)));
    Await.until(
        Duration.ofSeconds(120),
        () -> "" + packages.journal(),
        () -> "ACTIVE 1.0.0".equals(packages.bundle("fetched")));
    assertEquals(List.of("half of it"), left(), "what was fetched, or never will be, stays");
  }

  /** What downloads left in tmp; the one that broke off may be gone on with. */
  private static List<String> left() throws IOException {
    try (Stream<Path> all = Files.list(gateway.home().resolve("tmp"))) {
      return all.map(f -> f.getFileName().toString())
          .filter(name -> name.startsWith("fetch-"))
          .map(name -> name.endsWith(".dp.part") ? "half of it" : name)
          .toList();
    }
  }

  /** One class is another one, manifest and signature are as they were. */
  private static byte[] tampered(byte[] jar) {
    return BundleJar.replaced(jar, "faulty/Start.class", new byte[] {1, 2, 3});
  }

  private static void refused(JsonObject outcome, String word) {
    assertEquals("REFUSED", result(outcome), outcome::toString);
    assertTrue(outcome.get("reason").getAsString().contains(word), outcome::toString);
  }

  private static String result(JsonObject outcome) {
    return outcome.get("result").getAsString();
  }
}

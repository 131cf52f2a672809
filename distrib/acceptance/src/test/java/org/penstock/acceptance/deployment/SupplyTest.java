package org.penstock.acceptance.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

  private static final String PASSWORD = "changeit";

  @TempDir static Path folder;
  private static FileServer files;
  private static Gateway gateway;
  private static Packages packages;
  private static Path keys;

  @BeforeAll
  static void start() throws IOException {
    files = new FileServer();
    keys = folder.resolve("keys.p12");
    key("maker");
    key("stranger");
    key("leaver");
    key("late", "-startdate", "-400d", "-validity", "30");
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
    Path trust = gateway.home().resolve("keys/deployment-trust.p12");
    for (String alias : List.of("maker", "leaver", "late")) {
      Path certificate = folder.resolve(alias + ".cer");
      keytool("-exportcert", "-alias", alias, "-file", certificate.toString());
      run(
          "keytool",
          "-importcert",
          "-noprompt",
          "-alias",
          alias,
          "-file",
          certificate.toString(),
          "-keystore",
          trust.toString(),
          "-storetype",
          "PKCS12",
          "-storepass",
          PASSWORD);
    }
    keytool(
        "-gencrl",
        "-alias",
        "leaver",
        "-id",
        serial("leaver"),
        "-file",
        gateway.home().resolve("keys/deployment.crl").toString());
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
    refused(packages.install("s.jar", signed(plain, "stranger")), "not trusted");
    refused(packages.install("l.jar", signed(plain, "late")), "expired");
    refused(packages.install("r.jar", signed(plain, "leaver")), "revoked");
    refused(packages.install("t.jar", tampered(signed(plain, "maker"))), "changed after");
    assertEquals("DONE", result(packages.install("m.jar", signed(plain, "maker"))));
    assertEquals("ACTIVE 1.0.0", packages.bundle("signed.one"));
  }

  @Test
  void signedPackagesAreInstalledAndUnsignedPartsOfThemAreNoExcuse() throws IOException {
    byte[] part = new BundleJar("signed.part", "1.0.0").activator("").bytes();
    byte[] dp = new PackageJar("signed.package", "1.0.0").bundle(part).bytes();
    byte[] inside = new PackageJar("signed.package", "1.0.0").bundle(signed(part, "maker")).bytes();
    refused(packages.install("p.dp", dp), "unsigned");
    refused(packages.install("p.dp", inside), "unsigned");
    JsonObject outcome = packages.install("p.dp", signed(dp, "maker"));
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
    byte[] good = signed(new BundleJar("fetched", "1.0.0").activator("").bytes(), "maker");
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
        Duration.ofSeconds(30),
        () -> "" + packages.journal(),
        () -> "ACTIVE 1.0.0".equals(packages.bundle("fetched")));
  }

  private static String serial(String alias) {
    try {
      KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
      return ((X509Certificate) store.getCertificate(alias)).getSerialNumber().toString();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void key(String alias, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + alias));
    words.addAll(List.of(more));
    keytool(words.toArray(String[]::new));
  }

  private static void keytool(String... words) {
    List<String> all = new ArrayList<>(List.of("keytool"));
    all.addAll(List.of(words));
    all.addAll(List.of("-keystore", keys.toString(), "-storetype", "PKCS12"));
    all.addAll(List.of("-storepass", PASSWORD));
    run(all.toArray(String[]::new));
  }

  private static byte[] signed(byte[] jar, String alias) throws IOException {
    Path file = Files.write(folder.resolve("sign-" + alias + ".jar"), jar);
    run("jarsigner", "-keystore", keys.toString(), "-storepass", PASSWORD, file.toString(), alias);
    return Files.readAllBytes(file);
  }

  /** One class is another one, manifest and signature are as they were. */
  private static byte[] tampered(byte[] jar) {
    return BundleJar.replaced(jar, "faulty/Start.class", new byte[] {1, 2, 3});
  }

  private static void run(String... words) {
    words[0] = Path.of(System.getProperty("java.home"), "bin", words[0]).toString();
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      String out = new String(process.getInputStream().readAllBytes());
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError(List.of(words) + ": " + out);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void refused(JsonObject outcome, String word) {
    assertEquals("REFUSED", result(outcome), outcome::toString);
    assertTrue(outcome.get("reason").getAsString().contains(word), outcome::toString);
  }

  private static String result(JsonObject outcome) {
    return outcome.get("result").getAsString();
  }
}

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
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
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
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class SupplyTest {

  private static final String INSTALLER =
      """
      package acme;
      import java.io.*;
      import java.nio.file.*;
      import java.util.*;
      import java.util.concurrent.*;
      import org.eclipse.kura.deployment.agent.DeploymentAgentService;
      import org.osgi.framework.*;
      import org.osgi.service.deploymentadmin.*;
      import org.osgi.service.event.*;
      public class Start implements BundleActivator {
        public void start(BundleContext c) {
          Thread thread = new Thread(() -> run(c));
          thread.setDaemon(true);
          thread.start(); // whoever installs in his own start would wait for himself
        }
        public void stop(BundleContext c) {}
        private static <S> S service(BundleContext c, Class<S> type) {
          return c.getService(c.getServiceReference(type));
        }
        private static void run(BundleContext c) {
          List<String> said = new ArrayList<>();
          try {
            told(c, said);
          } catch (Exception e) {
            said.add(e.toString());
          }
          try {
            Path part = Files.write(Path.of("FOLDER", "said.part"), said);
            Files.move(part, Path.of("FOLDER", "said.txt"));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
        private static void told(BundleContext c, List<String> said) throws Exception {
          DeploymentAdmin admin = service(c, DeploymentAdmin.class);
          try (InputStream in = Files.newInputStream(Path.of("FOLDER", "unsigned.dp"))) {
            admin.installDeploymentPackage(in);
            said.add("taken");
          } catch (DeploymentException e) {
            said.add("refused " + e.getMessage());
          }
          DeploymentPackage made;
          try (InputStream in = Files.newInputStream(Path.of("FOLDER", "signed.dp"))) {
            made = admin.installDeploymentPackage(in);
          }
          Bundle part = made.getBundle("added.part");
          said.add(made.getName() + " " + made.getVersion() + " " + part.getState() + " "
              + made.getBundleInfos()[0].getSymbolicName() + " "
              + Arrays.stream(admin.listDeploymentPackages())
                  .filter(p -> p.getName().equals("added.package")).count());
          BlockingQueue<String> ends = new LinkedBlockingQueue<>();
          Dictionary<String, Object> topic = new Hashtable<>();
          topic.put("event.topics", DeploymentAgentService.EVENT_UNINSTALLED_TOPIC);
          EventHandler handler = e -> ends.add("uninstalled "
              + e.getProperty(DeploymentAgentService.EVENT_PACKAGE_NAME) + " "
              + e.getProperty(DeploymentAgentService.EVENT_SUCCESSFUL));
          c.registerService(EventHandler.class, handler, topic);
          service(c, DeploymentAgentService.class).uninstallDeploymentPackageAsync("added.package");
          said.add(String.valueOf(ends.poll(40, TimeUnit.SECONDS)));
          said.add("stale " + made.isStale() + ", listed "
              + (admin.getDeploymentPackage("added.package") != null));
        }
      }
      """;

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

  /**
   * An add-on installs through OSGi's DeploymentAdmin, whose packages Felix's own would refuse when
   * they are signed, and uninstalls through Kura's agent.
   */
  @Test
  void anAddOnInstallsThroughDeploymentAdminAndUninstallsThroughKurasAgent() throws IOException {
    byte[] part = new BundleJar("added.part", "1.2.0").activator("").bytes();
    byte[] dp = new PackageJar("added.package", "1.2.0").bundle(part).bytes();
    Files.write(folder.resolve("unsigned.dp"), dp);
    Files.write(folder.resolve("signed.dp"), signers.signed(dp, "maker"));
    byte[] addOn =
        new BundleJar("acme.installer", "1.0.0")
            .header("Bundle-Activator", "acme.Start")
            .imports("org.osgi.framework")
            .imports("org.osgi.service.deploymentadmin")
            .imports("org.osgi.service.event")
            .imports("org.eclipse.kura.deployment.agent")
            .source("acme.Start", INSTALLER.replace("FOLDER", folder.toString()))
            .bytes();
    assertEquals("DONE", result(packages.install("a.jar", signers.signed(addOn, "maker"))));
    Path said = folder.resolve("said.txt");
    Await.until(
        Duration.ofSeconds(60), () -> "no end: " + packages.journal(), () -> Files.exists(said));
    List<String> lines = Files.readAllLines(said);
    assertTrue(
        lines.get(0).startsWith("refused ") && lines.get(0).contains("unsigned"), "" + lines);
    assertEquals("added.package 1.2.0 32 added.part 1", lines.get(1));
    assertEquals("uninstalled added.package true", lines.get(2));
    assertEquals("stale true, listed false", lines.get(3));
    String journal = packages.journal().toString();
    assertTrue(journal.contains("agent"), journal);
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

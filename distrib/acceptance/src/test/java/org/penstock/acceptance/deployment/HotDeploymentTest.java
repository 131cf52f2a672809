package org.penstock.acceptance.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/**
 * Files dropped into {@code deploy/}, replaced and removed while the gateway runs. Without it a bad
 * file could take a working driver down, or a good one never arrive.
 */
class HotDeploymentTest {

  private static final Path TEMPLATE = BundleJar.shipped("org.penstock.driver.template");
  private static final String SHIPPED =
      BundleJar.of(TEMPLATE).bytes().length > 0 ? version(TEMPLATE) : "";

  /** Two looks and an update take about 3 s when nothing else runs. */
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir static Path folder;
  private static Gateway gateway;
  private static Path deploy;

  @BeforeAll
  static void start() {
    Seed seed =
        new Seed()
            .component("org.penstock.core.deployment", null, "probation.s", 1)
            .component("toy", "org.penstock.driver.template")
            .asset("plant", "toy")
            .channel("plant", "version", "STRING", "address", "version");
    gateway = new Gateway(folder, seed.xml()).start();
    deploy = gateway.home().resolve("deploy");
    awaitVersion(SHIPPED);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  /** Each test begins with an empty folder and the distribution's driver. */
  @AfterEach
  void empty() throws IOException {
    try (var files = Files.list(deploy)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    awaitVersion(SHIPPED);
    Await.until(LIMIT, () -> "" + state(), () -> "OK".equals(state().get("level").getAsString()));
  }

  @Test
  void aDroppedDriverTakesThePlaceOfTheDistributionsAndGivesItBackWhenItIsRemoved()
      throws IOException {
    Path file = template("1.2.3").to(deploy.resolve("template.jar"));
    awaitVersion("1.2.3");
    Await.until(LIMIT, () -> "" + state(), () -> deployed() == 1);
    template("1.2.4").to(file);
    awaitVersion("1.2.4");
    Files.delete(file);
    awaitVersion(SHIPPED);
    Await.until(LIMIT, () -> "" + state(), () -> deployed() == 0);
  }

  @Test
  void aNewBundleIsInstalledStartedAndTakenOutAgain() throws IOException {
    Path file = new BundleJar("extra.one", "1.0.0").activator("").to(deploy.resolve("extra.jar"));
    Await.until(LIMIT, () -> bundles(), () -> "ACTIVE".equals(state("extra.one")));
    Files.delete(file);
    Await.until(LIMIT, () -> bundles(), () -> state("extra.one") == null);
  }

  @Test
  void aBrokenJarIsNamedAndTheRunningDriverGoesOn() {
    byte[] whole = template("1.3.0").bytes();
    BundleJar.drop(deploy.resolve("broken.jar"), Arrays.copyOf(whole, whole.length / 2));
    awaitReason("broken.jar", "damaged");
    assertEquals(SHIPPED, channel());
    assertEquals(0, deployed());
    assertLoggedOnce("broken.jar is damaged");
  }

  @Test
  void aMissingImportIsNamedAndNothingIsTouched() {
    template("1.4.0").imports("com.example.absent;version=\"[2,3)\"").to(jar("absent"));
    awaitReason("absent.jar", "com.example.absent");
    assertEquals(SHIPPED, channel());
  }

  @Test
  void aWrongVersionOfAnImportIsNamedWithWhoOffersWhat() {
    new BundleJar("too.new", "1.0.0")
        .imports("org.eclipse.kura.driver;version=\"[7,8)\"")
        .to(jar("toonew"));
    awaitReason("toonew.jar", "org.eclipse.kura.driver", "org.eclipse.kura.api");
  }

  @Test
  void aVersionThatThrowsInItsActivatorIsPutBack() {
    template("1.5.0").to(jar("template"));
    awaitVersion("1.5.0");
    template("1.6.0").activator("throw new IllegalStateException(\"boom\");").to(jar("template"));
    awaitReason("template.jar", "put back", "boom");
    awaitVersion("1.5.0");
  }

  @Test
  void aNewBundleThatThrowsInItsActivatorIsTakenOut() {
    new BundleJar("extra.two", "1.0.0")
        .activator("throw new IllegalStateException(\"bang\");")
        .to(jar("two"));
    awaitReason("two.jar", "taken out", "bang");
    assertEquals(null, state("extra.two"));
  }

  @Test
  void aGatewayKilledDuringProbationComesBackWithTheVersionBefore() throws IOException {
    template("1.8.5").to(jar("template"));
    awaitVersion("1.8.5");
    Await.until(
        LIMIT, () -> "not begun", () -> Files.exists(packages("pending.json")) || committed());
    boolean open = Files.exists(packages("pending.json"));
    gateway.kill();
    Files.delete(jar("template"));
    gateway.start();
    awaitVersion(SHIPPED);
    assertFalse(Files.exists(packages("pending.json")), "what was begun is not ended: " + open);
  }

  private static boolean committed() {
    return log("updated to org.penstock.driver.template 1.8.5") > 0;
  }

  private static Path packages(String file) {
    return gateway.home().resolve("packages").resolve(file);
  }

  @Test
  void aFileThatIsStillBeingWrittenWaitsUntilItIsWhole() throws IOException {
    byte[] whole = template("1.7.0").bytes();
    Path file = jar("slow");
    Files.write(file, new byte[0]);
    int step = whole.length / 12 + 1;
    for (int from = 0; from < whole.length; from += step) {
      Files.write(
          file,
          Arrays.copyOfRange(whole, from, Math.min(from + step, whole.length)),
          StandardOpenOption.APPEND);
      pause(Duration.ofMillis(300));
    }
    awaitVersion("1.7.0");
    assertFalse(log("slow.jar is damaged") > 0, "a file that grew was taken too early");
  }

  @Test
  void aSecondFileOfTheSameNameIsRefused() {
    template("1.8.0").to(jar("a"));
    awaitVersion("1.8.0");
    template("1.8.1").to(jar("b"));
    awaitReason("b.jar", "symbolic name", "a.jar");
    assertEquals("1.8.0", channel());
  }

  @Test
  void whatWasDeployedRunsAfterARestartWithoutBeingDeployedAgain() {
    String committed = "updated to org.penstock.driver.template 1.9.0";
    template("1.9.0").to(jar("template"));
    Await.until(LIMIT, () -> "" + state(), () -> log(committed) == 1);
    gateway.kill();
    gateway.start();
    awaitVersion("1.9.0");
    assertEquals(1, log(committed));
    assertEquals(0, log("had stopped in the middle"));
  }

  private static Path jar(String name) {
    return deploy.resolve(name + ".jar");
  }

  private static BundleJar template(String version) {
    return BundleJar.of(TEMPLATE).header("Bundle-Version", version);
  }

  private static String version(Path jar) {
    try {
      return BundleJar.manifest(Files.readAllBytes(jar))
          .getMainAttributes()
          .getValue("Bundle-Version");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The toy driver's version channel, read over REST: the whole way works. */
  private static String channel() {
    String body = gateway.get("/services/assets/plant/_read").body();
    JsonElement answer = JsonParser.parseString(body);
    if (!answer.isJsonArray() || answer.getAsJsonArray().isEmpty()) {
      return body;
    }
    JsonElement value = answer.getAsJsonArray().get(0).getAsJsonObject().get("value");
    return value == null ? body : value.getAsString();
  }

  private static void awaitVersion(String version) {
    Await.until(LIMIT, () -> channel() + " " + state(), () -> version.equals(channel()));
  }

  private static JsonObject state() {
    return gateway.health().getAsJsonObject("states").getAsJsonObject("core/deployment");
  }

  private static int deployed() {
    return state().getAsJsonObject("figures").get("deployed").getAsInt();
  }

  private static void awaitReason(String... words) {
    Await.until(
        LIMIT,
        () -> "health says " + state() + ", expected " + Arrays.toString(words),
        () -> {
          String reason = state().get("reason").getAsString();
          return Arrays.stream(words).allMatch(reason::contains);
        });
  }

  private static String bundles() {
    return gateway.get("/services/inventory/v1/bundles").body();
  }

  private static String state(String symbolicName) {
    for (JsonElement entry :
        JsonParser.parseString(bundles()).getAsJsonObject().getAsJsonArray("bundles")) {
      if (symbolicName.equals(entry.getAsJsonObject().get("name").getAsString())) {
        return entry.getAsJsonObject().get("state").getAsString();
      }
    }
    return null;
  }

  private static long log(String words) {
    List<String> lines = gateway.log();
    return lines.stream().filter(l -> l.contains(words)).count();
  }

  private static void assertLoggedOnce(String words) {
    // five more looks at the same file
    long looks = log(words);
    pause(Duration.ofSeconds(3));
    assertTrue(looks == 1 && log(words) == 1, () -> words + ": " + log(words) + " times");
  }

  /** Lets the gateway look again; nothing that could be waited for happens. */
  private static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      java.util.concurrent.locks.LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}

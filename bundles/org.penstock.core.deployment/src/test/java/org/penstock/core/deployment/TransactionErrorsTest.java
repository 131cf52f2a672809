package org.penstock.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.deployment.Origin;
import org.penstock.api.deployment.Outcome;
import org.penstock.api.deployment.Outcome.Result;
import org.penstock.core.storage.FileStorage;

/**
 * What nobody thought of ends a transaction as what was thought of does. Seen in review: a header that is no
 * range left it undecided, and its job open for ever.
 */
class TransactionErrorsTest {

  private static final Origin ORIGIN = new Origin("test", "test");

  @TempDir Path folder;
  private final RememberedBundles framework = new RememberedBundles(Map.of(), kept -> {});
  private Bench bench;
  private Path home;

  @BeforeEach
  void begin() throws Exception {
    home = Files.createDirectories(folder.resolve("packages"));
    bench = new Bench(home, new FileStorage(), framework);
    bench.recovery.run();
    assertEquals(Result.DONE, install(bundle("1.0.0")).result());
  }

  @AfterEach
  void end() throws Exception {
    bench.journal.close();
  }

  private Artifact bundle(String version) throws Refusal {
    return bench.read("a.jar", Bench.bundle("a", version));
  }

  private Outcome install(Artifact artifact) {
    return bench.transactions.install(artifact, ORIGIN, "");
  }

  private static byte[] pack(Map<String, String> headers) throws Exception {
    Map<String, byte[]> bundles = new TreeMap<>(Map.of("b.jar", Bench.bundle("b", "1.0.0")));
    return Bench.pack("p", "1.0.0", bundles, headers);
  }

  private static Artifact with(Artifact artifact, Facts facts) {
    return new Artifact(
        artifact.file(),
        artifact.name(),
        artifact.version(),
        artifact.isPackage(),
        artifact.sha256(),
        artifact.content(),
        artifact.pieces(),
        facts,
        artifact.chain());
  }

  private void assertAsBefore(Outcome outcome, Result result, String... words) throws Exception {
    assertEquals(result, outcome.result(), outcome::toString);
    for (String word : words) {
      assertTrue(outcome.reason().contains(word), outcome::toString);
    }
    assertFalse(Files.exists(home.resolve("pending.json")), "the transaction is undecided");
    assertEquals(outcome, bench.journal.last(1).get(0));
    assertEquals("1.0.0", bench.files.now().units().get("a").version());
    assertEquals(
        Hashes.sha256(Bench.bundle("a", "1.0.0")), framework.kept().get("deploy:a").sha256());
    assertTrue(framework.kept().get("deploy:a").running());
    assertEquals(1, framework.kept().size());
  }

  @Test
  void aHeaderThatIsNoRangeIsRefusedWithItsNameAndValue() throws Exception {
    for (String header : List.of("Penstock-Runtime", "DeploymentPackage-FixPack")) {
      byte[] pack = pack(Map.of(header, "abc"));
      String reason = assertThrows(Refusal.class, () -> bench.read("p.dp", pack)).getMessage();
      assertEquals(
          "p.dp: the header "
              + header
              + " is 'abc'; allowed is a version such as 1.2, or a range such as [1.2,2):"
              + " correct it and build the file again",
          reason);
    }
  }

  @Test
  void aRangeThatIsNoneAndWasNotSeenBeforeRefusesTheTransaction() throws Exception {
    Artifact pack = bench.read("p.dp", pack(Map.of()));
    Facts runtime = new Facts(Map.of(), "", Map.of(), "abc", "", Map.of(), List.of());
    assertAsBefore(install(with(pack, runtime)), Result.REFUSED, "Penstock-Runtime is 'abc'");
    Artifact update = bundle("2.0.0");
    Facts fixPack = new Facts(Map.of(), "abc", Map.of(), "", "", Map.of(), List.of());
    assertAsBefore(install(with(update, fixPack)), Result.REFUSED, "FixPack is 'abc'");
  }

  @Test
  void aNameOrAVersionThatIsNoneIsRefused() {
    for (byte[] bundle : List.of(Bench.bundle(";a", "1"), Bench.bundle("a", "one"))) {
      String reason = assertThrows(Refusal.class, () -> bench.read("a.jar", bundle)).getMessage();
      assertTrue(reason.contains("the header Bundle-") && reason.contains("allowed is"), reason);
    }
  }

  @Test
  void anErrorBeforeTheFirstTouchRefuses() throws Exception {
    bench.bugBefore.set(new IllegalStateException("nobody thought of it"));
    assertAsBefore(
        install(bundle("2.0.0")), Result.REFUSED, "a.jar is refused", "nobody thought of it");
    assertAsBefore(
        bench.transactions.uninstall("a", ORIGIN), Result.REFUSED, "a stays", "report it");
  }

  @Test
  void anErrorInTheMiddleRollsBack() throws Exception {
    bench.bugAfter.set(new IllegalStateException("nobody thought of it"));
    assertAsBefore(
        install(bundle("2.0.0")),
        Result.ROLLED_BACK,
        "a.jar did not do, the version before was put back",
        "nobody thought of it");
    assertAsBefore(bench.transactions.uninstall("a", ORIGIN), Result.ROLLED_BACK, "put back");
    bench.bugAfter.set(null);
    assertEquals(Result.DONE, install(bundle("2.0.0")).result());
  }

  @Test
  void aJobWhoseTaskThrowsIsEndedAndTheNextIsDone() throws Exception {
    try (Jobs jobs = new Jobs("test/jobs")) {
      Jobs.Work broken =
          jobs.add(
              "install",
              "a.jar",
              ORIGIN,
              work -> {
                throw new IllegalStateException("nobody thought of it");
              });
      Outcome outcome = broken.outcome().toCompletableFuture().get(10, TimeUnit.SECONDS);
      assertEquals(Result.REFUSED, outcome.result());
      assertTrue(outcome.reason().contains("a.jar: install ended by"), outcome::toString);
      Jobs.Work next = jobs.add("uninstall", "a", ORIGIN, work -> outcome);
      assertEquals(outcome, next.outcome().toCompletableFuture().get(10, TimeUnit.SECONDS));
    }
  }
}

package org.penstock.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.deployment.Origin;
import org.penstock.api.deployment.Outcome;
import org.penstock.api.deployment.Outcome.Result;
import org.penstock.core.storage.FileStorage;

/**
 * A transaction that was left half done is settled before the next one. Seen in review: the next one
 * wrote its note over the only word of it, and what was half done stayed so for ever.
 */
class UnsettledTest {

  private static final Origin ORIGIN = new Origin("test", "test");

  @TempDir Path folder;
  private final RememberedBundles framework = new RememberedBundles(Map.of(), kept -> {});
  private Path pending;
  private Bench bench;

  @BeforeEach
  void begin() throws Exception {
    Path home = Files.createDirectories(folder.resolve("packages"));
    pending = home.resolve("pending.json");
    bench = new Bench(home, new FileStorage(), framework);
    bench.recovery.run();
    assertEquals(Result.DONE, install("a", "1.0.0").result());
  }

  @AfterEach
  void end() throws Exception {
    bench.journal.close();
  }

  private Outcome install(String name, String version) throws Refusal {
    byte[] content = Bench.bundle(name, version);
    return bench.transactions.install(bench.read(name + ".jar", content), ORIGIN, "");
  }

  private void assertRuns(String name, String version) {
    RememberedBundles.Kept kept = framework.kept().get("deploy:" + name);
    assertEquals(Hashes.sha256(Bench.bundle(name, version)), kept.sha256());
    assertTrue(kept.running() && kept.forGood(), kept::toString);
    assertEquals(version, bench.files.now().units().get(name).version());
  }

  private void leaveARollBackHalfDone() throws Exception {
    framework.lame = "a";
    Outcome outcome = install("a", "2.0.0");
    assertEquals(Result.ROLLED_BACK, outcome.result());
    assertTrue(outcome.reason().contains("putting back: a did not start"), outcome::toString);
    assertTrue(Files.exists(pending));
  }

  @Test
  void aRollBackThatFailedInPartIsCompletedBeforeTheNextTransaction() throws Exception {
    leaveARollBackHalfDone();
    framework.lame = "";
    assertEquals(Result.DONE, install("b", "1.0.0").result());
    assertRuns("a", "1.0.0");
    assertRuns("b", "1.0.0");
    assertFalse(Files.exists(pending));
    Outcome told = bench.journal.last(2).get(1);
    assertEquals("recover", told.action());
    assertTrue(told.reason().contains("left half done; all is as before"), told::toString);
  }

  @Test
  void nothingBeginsAsLongAsItCannotBePutRight() throws Exception {
    leaveARollBackHalfDone();
    String note = Files.readString(pending);
    for (Outcome next :
        new Outcome[] {install("b", "1.0.0"), bench.transactions.uninstall("a", ORIGIN)}) {
      assertEquals(Result.REFUSED, next.result(), next::toString);
      assertTrue(next.reason().contains("left half done and can't be put right"), next::toString);
      assertTrue(next.reason().contains("a did not start"), next::toString);
      assertEquals(note, Files.readString(pending));
    }
    assertFalse(framework.kept().containsKey("deploy:b"));
    framework.lame = "";
    assertEquals(Result.DONE, bench.transactions.uninstall("a", ORIGIN).result());
    assertEquals(Map.of(), framework.kept());
  }

  @Test
  void aCommitThatWasNotCompletedIsCompletedBeforeTheNextTransaction() throws Exception {
    framework.lame = "a";
    framework.lameForGoodOnly = true;
    Outcome outcome = install("a", "2.0.0");
    assertEquals(Result.DONE, outcome.result());
    assertTrue(outcome.reason().contains("to be completed"), outcome::toString);
    assertTrue(Files.exists(pending));
    framework.lame = "";
    assertEquals(Result.DONE, install("b", "1.0.0").result());
    assertRuns("a", "2.0.0");
    assertRuns("b", "1.0.0");
    assertFalse(Files.exists(pending));
  }
}

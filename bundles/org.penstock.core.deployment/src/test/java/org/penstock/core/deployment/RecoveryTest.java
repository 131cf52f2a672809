package org.penstock.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.deployment.Origin;
import org.penstock.api.deployment.Outcome.Result;
import org.penstock.core.storage.FileStorage;

/** The start after the framework's own store was lost: all is put back from ours. */
class RecoveryTest {

  private static final Origin ORIGIN = new Origin("test", "test");

  @TempDir Path home;

  private Bench bench(RememberedBundles bundles) throws Exception {
    Bench bench = new Bench(home, new FileStorage(), bundles);
    bench.recovery.run();
    return bench;
  }

  /** Seen in review: the others were never started, and every installation was refused. */
  @Test
  void aBundleThatDoesNotStartKeepsNoOtherFromIt() throws Exception {
    Bench first = bench(new RememberedBundles(Map.of(), kept -> {}));
    for (String name : List.of("a", "b", "c")) {
      byte[] content = Bench.bundle(name, "1.0.0");
      Artifact artifact = first.read(name + ".jar", content);
      assertEquals(Result.DONE, first.transactions.install(artifact, ORIGIN, "").result());
    }
    first.journal.close();
    RememberedBundles lost = new RememberedBundles(Map.of(), kept -> {});
    lost.lame = "b";
    Bench second = bench(lost);
    TreeSet<String> running = new TreeSet<>();
    lost.kept()
        .forEach(
            (location, kept) -> {
              if (kept.running()) {
                running.add(location.replaceAll(".*:", ""));
              }
            });
    assertEquals(new TreeSet<>(List.of("a", "c")), running);
    Artifact next = second.read("d.jar", Bench.bundle("d", "1.0.0"));
    assertEquals(Result.DONE, second.transactions.install(next, ORIGIN, "").result());
    second.journal.close();
  }
}

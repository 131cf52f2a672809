package org.penstock.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.deployment.Origin;
import org.penstock.api.deployment.Outcome;
import org.penstock.api.deployment.Outcome.Result;
import org.penstock.core.storage.CrashPoints;
import org.penstock.core.storage.RecordingDisk;

/**
 * Crashes at every write, force and rename of transactions, and between any two operations on the
 * framework: what is found afterwards is the old state or the new one, whole. Without it a power cut
 * in an upgrade could leave half a package.
 */
class TransactionCrashTest {

  /** What the user knows: versions by bundle before and after the step under way. */
  private record Known(Map<String, String> old, Map<String, String> next) {}

  private record Framework(Map<String, RememberedBundles.Kept> kept) {}

  private static final Origin ORIGIN = new Origin("test", "test");
  private static final RememberedBundles.Kept SHIPPED =
      new RememberedBundles.Kept(Change.SHIPPED, 1, true, true);

  @TempDir Path folder;

  @Test
  void everyCrashLeavesTheOldOrTheNewStateWhole() throws Exception {
    Path live = Files.createDirectories(folder.resolve("live"));
    RecordingDisk disk = new RecordingDisk(live);
    RememberedBundles framework =
        new RememberedBundles(Map.of("system:x", SHIPPED), kept -> disk.mark(new Framework(kept)));
    Bench bench = new Bench(live, RecordingDisk.storage(disk), framework);
    disk.mark(new Framework(framework.kept()));
    Map<String, String> none = Map.of("x", "shipped");
    Map<String, String> one = Map.of("x", "shipped", "a", "1.0.0", "b", "1.0.0");
    Map<String, String> two = Map.of("x", "3.0.0", "a", "2.0.0");
    disk.mark(new Known(none, none));
    bench.recovery.run();
    byte[] first = pack("1.0.0", "a", "b");
    step(disk, none, one, () -> bench.transactions.install(read(bench, first), ORIGIN, ""));
    byte[] second =
        Bench.pack(
            "p",
            "2.0.0",
            Map.of("a.jar", Bench.bundle("a", "2.0.0"), "x.jar", Bench.bundle("x", "3.0.0")));
    bench.fault.set("not today");
    step(disk, one, one, () -> bench.transactions.install(read(bench, second), ORIGIN, ""));
    bench.fault.set("");
    step(disk, one, two, () -> bench.transactions.install(read(bench, second), ORIGIN, ""));
    step(disk, two, none, () -> bench.transactions.uninstall("p", ORIGIN));
    bench.journal.close();
    int states =
        CrashPoints.each(disk, folder.resolve("states"), 1, (state, known) -> check(state, known));
    assertTrue(states > 300, () -> "only " + states + " states");
  }

  private interface Step {
    Outcome run() throws Refusal;
  }

  private static void step(
      RecordingDisk disk, Map<String, String> old, Map<String, String> next, Step step)
      throws Refusal {
    disk.mark(new Known(old, next));
    Outcome outcome = step.run();
    Result wanted = old.equals(next) ? Result.ROLLED_BACK : Result.DONE;
    assertEquals(wanted, outcome.result(), outcome::toString);
    disk.mark(new Known(next, next));
  }

  private static byte[] pack(String version, String... names) throws java.io.IOException {
    Map<String, byte[]> bundles = new TreeMap<>();
    for (String name : names) {
      bundles.put(name + ".jar", Bench.bundle(name, version));
    }
    return Bench.pack("p", version, bundles);
  }

  private static Artifact read(Bench bench, byte[] content) throws Refusal {
    return bench.read("p.dp", content);
  }

  private void check(Path state, List<Object> known) throws Exception {
    Map<String, String> none = Map.of("x", "shipped");
    Known told = last(known, Known.class, new Known(none, none));
    Framework before = last(known, Framework.class, new Framework(Map.of("system:x", SHIPPED)));
    RememberedBundles framework = new RememberedBundles(before.kept(), kept -> {});
    Bench bench = new Bench(state, RecordingDisk.storage(new RecordingDisk(state)), framework);
    try {
      bench.recovery.run();
      Map<String, String> is = versions(bench, framework);
      assertTrue(
          is.equals(told.old()) || is.equals(told.next()),
          () -> "found " + is + ", told was " + told);
      assertFalse(Files.exists(state.resolve("pending.json")), "the transaction is not ended");
      assertEquals(needed(bench), stored(state), "orphans in the store, or contents missing");
      framework.kept().forEach((l, k) -> assertTrue(k.running() && k.forGood(), l + " " + k));
    } finally {
      bench.journal.close();
    }
  }

  private static <T> T last(List<Object> known, Class<T> type, T first) {
    return known.stream().filter(type::isInstance).map(type::cast).reduce(first, (a, b) -> b);
  }

  /** What runs, by the framework's own word, named by what the state file says of its content. */
  private static Map<String, String> versions(Bench bench, RememberedBundles framework) {
    Map<String, String> versions = new TreeMap<>();
    framework
        .kept()
        .forEach(
            (location, kept) -> {
              String name = location.substring(location.indexOf(':') + 1);
              String version =
                  bench.files.now().units().values().stream()
                      .flatMap(u -> u.holdings().stream())
                      .filter(h -> h.sha256().equals(kept.sha256()))
                      .map(Holding::version)
                      .findFirst()
                      .orElse(kept.sha256());
              versions.put(name, version);
            });
    return versions;
  }

  private static Set<String> needed(Bench bench) throws java.io.IOException {
    Set<String> needed = new HashSet<>();
    bench.files.needed().forEach(sha256 -> needed.add(sha256 + ".jar"));
    return needed;
  }

  private static Set<String> stored(Path state) throws java.io.IOException {
    if (!Files.exists(state.resolve("store"))) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(state.resolve("store"))) {
      Set<String> names = new HashSet<>();
      files.forEach(f -> names.add(f.getFileName().toString()));
      return names;
    }
  }

  @Test
  void aFullDiskRefusesAndLeavesEverythingAsItWas() throws Exception {
    Path live = Files.createDirectories(folder.resolve("full"));
    RecordingDisk disk = new RecordingDisk(live);
    RememberedBundles framework = new RememberedBundles(Map.of("system:x", SHIPPED), kept -> {});
    Bench bench = new Bench(live, RecordingDisk.storage(disk), framework);
    bench.recovery.run();
    byte[] first = pack("1.0.0", "a", "b");
    int done = 0;
    int refused = 0;
    for (int writes = 0; done == 0 && writes < 100; writes++) {
      disk.fillAfter(writes);
      Outcome outcome = bench.transactions.install(read(bench, first), ORIGIN, "");
      disk.fillAfter(-1);
      if (outcome.result() == Result.DONE) {
        done++;
      } else {
        refused++;
        assertTrue(outcome.reason().contains("No space left"), outcome::toString);
        assertEquals(Set.of("system:x"), framework.kept().keySet(), outcome::toString);
        bench.journal.close();
        bench = new Bench(live, RecordingDisk.storage(disk), framework);
        bench.recovery.run(); // what found no room to be ended is ended by the next start
        assertEquals(Set.of("system:x"), framework.kept().keySet(), outcome::toString);
        assertFalse(Files.exists(live.resolve("pending.json")), outcome::toString);
      }
    }
    assertEquals(1, done, "with room enough it is installed");
    assertTrue(refused > 2, refused + " refused: the disk must be full in the middle, too");
    bench.journal.close();
  }
}

package org.penstock.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.deployment.Origin;
import org.penstock.api.deployment.Outcome;
import org.penstock.api.deployment.Outcome.Result;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;
import org.penstock.core.storage.FileStorage;

/** What the folder asks for, looked at again and again as the strand does each second. */
class FolderWatchTest {

  private static final Origin ORIGIN = new Origin("", "folder");
  private static final long LARGE = 32L << 20;

  @TempDir Path home;
  private Path deploy;
  private StateFile files;
  private ArtifactReader reader;
  private final List<String> asked = new ArrayList<>();
  private String needed = "a is needed: b needs it; change or remove those first";

  @BeforeEach
  void begin() throws Exception {
    deploy = Files.createDirectories(home.resolve("deploy"));
    files = new StateFile(new FileStorage(), home.resolve("packages"));
    reader = new ArtifactReader(home.resolve("tmp"), 2 * LARGE);
  }

  private FolderWatch watch() {
    return new FolderWatch(deploy, files, 2 * LARGE, new Answers(), new Direct());
  }

  private final class Answers implements FolderWatch.Door {
    @Override
    public void install(Path file, Consumer<Outcome> then) {
      try (Staged staged = reader.stage(file.getFileName().toString(), file)) {
        Artifact artifact = reader.read(staged);
        asked.add("install " + artifact.name());
        files.save(files.now().with(unit(artifact.name(), staged.file(), staged.sha256())));
        then.accept(outcome("install", artifact.name(), ""));
      } catch (Refusal | java.io.IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void uninstall(String name, Consumer<Outcome> then) {
      asked.add("uninstall " + name);
      then.accept(outcome("uninstall", name, needed));
    }
  }

  private static Outcome outcome(String action, String name, String reason) {
    Result result = reason.isEmpty() ? Result.DONE : Result.REFUSED;
    return new Outcome(action, name, "", "", ORIGIN, 0, 0, result, reason);
  }

  private static Unit unit(String name, String file, String sha256) {
    return new Unit(name, "1.0.0", false, sha256, "", 0, ORIGIN, file, List.of(), Map.of());
  }

  /** Whatever is to be done is done at once. */
  private static final class Direct implements Strand {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public Schedule after(Duration delay, Runnable task) {
      throw new AssertionError();
    }

    @Override
    public Schedule every(Duration first, Duration period, Runnable task) {
      throw new AssertionError();
    }

    @Override
    public int waiting() {
      return 0;
    }

    @Override
    public boolean isCurrent() {
      return true;
    }

    @Override
    public void close() {
      // nothing runs
    }
  }

  private void look(FolderWatch watch) {
    for (int i = 0; i < 5; i++) {
      watch.look();
    }
  }

  /** Seen in review: a line of the journal and of the log each second, for ever. */
  @Test
  void aRefusedUninstallIsSaidOnceUntilSomethingChanges() throws Exception {
    files.save(StateFile.State.EMPTY.with(unit("a", "a.jar", "1")).with(unit("b", "", "2")));
    FolderWatch watch = watch();
    look(watch);
    assertEquals(List.of("uninstall a"), asked);
    String shown = watch.refusals().get("a.jar");
    assertTrue(shown.startsWith("a.jar was removed, but a stays installed: a is needed"), shown);
    files.save(files.now().with(unit("c", "", "3")));
    look(watch);
    assertEquals(List.of("uninstall a", "uninstall a"), asked, "another unit is there");
    needed = "";
    look(watch);
    assertEquals(2, asked.size(), "nothing has changed");
    files.save(files.now().without("b"));
    watch.look();
    files.save(files.now().without("a"));
    look(watch);
    assertEquals(List.of("uninstall a", "uninstall a", "uninstall a"), asked);
    assertEquals(Map.of(), watch.refusals());
  }

  @Test
  void aFileThatCameBackAndWentAgainIsTriedAgain() throws Exception {
    Path jar = Files.write(deploy.resolve("a.jar"), Bench.bundle("a", "1.0.0"));
    FolderWatch watch = watch();
    look(watch);
    byte[] content = Files.readAllBytes(jar);
    Files.delete(jar);
    look(watch);
    Files.write(jar, content);
    look(watch);
    assertEquals(Map.of(), watch.refusals());
    Files.delete(jar);
    look(watch);
    assertEquals(List.of("install a", "uninstall a", "uninstall a"), asked);
  }

  /** Seen in review: a file of 200 MB was read into a heap of 128 MB, and once more to be installed. */
  @Test
  void aLargeFileIsNeverInMemoryAsAWhole() throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", "large");
    byte[] block = new byte[1 << 20];
    new Random(1).nextBytes(block);
    try (OutputStream file = Files.newOutputStream(deploy.resolve("large.jar"));
        JarOutputStream jar = new JarOutputStream(file, manifest)) {
      jar.setLevel(0);
      jar.putNextEntry(new ZipEntry("large.bin"));
      for (long n = 0; n < LARGE; n += block.length) {
        jar.write(block);
      }
    }
    FolderWatch watch = watch();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    look(watch);
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    assertEquals(List.of("install large"), asked, () -> "" + watch.refusals());
    assertTrue(taken < LARGE / 4, () -> taken + " bytes for a file of " + LARGE);
  }
}

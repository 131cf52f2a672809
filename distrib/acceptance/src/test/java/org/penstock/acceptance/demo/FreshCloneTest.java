package org.penstock.acceptance.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A fresh clone with an empty local Maven repository builds itself and runs the demo. Fetches about 200 MB. */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class FreshCloneTest {

  private static final Path TOP =
      Path.of(System.getProperty("penstock.top")).toAbsolutePath().normalize();
  private static final long MINUTES = 25;

  @TempDir Path folder;

  @Test
  void demoFromNothing() throws IOException, InterruptedException {
    Path clone = folder.resolve("clone");
    Path said = folder.resolve("said");
    assertEquals(
        0,
        new ProcessBuilder("git", "clone", "-q", TOP.toString(), clone.toString())
            .start()
            .waitFor());
    ProcessBuilder builder =
        new ProcessBuilder("./penstock", "demo", "--seconds", "20", "--check")
            .directory(clone.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().put("MAVEN_OPTS", "-Dmaven.repo.local=" + folder.resolve("repository"));
    builder.environment().remove("PENSTOCK_BUILT");
    Process demo = builder.start();
    boolean ended = demo.waitFor(MINUTES, TimeUnit.MINUTES);
    demo.descendants().forEach(ProcessHandle::destroyForcibly);
    demo.destroyForcibly();
    List<String> lines = Files.readAllLines(said);
    assertTrue(ended, lines::toString);
    assertEquals(0, demo.exitValue(), lines::toString);
    String last = lines.get(lines.size() - 1);
    assertTrue(last.matches("read (\\d+) published \\1 received \\1 lost 0"), lines::toString);
  }
}

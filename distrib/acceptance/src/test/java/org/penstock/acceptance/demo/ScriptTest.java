package org.penstock.acceptance.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Ports;
import org.penstock.acceptance.product.Script;

/** Without it the one script could break in ways that only show on somebody else's machine. */
class ScriptTest {

  private static final Path TOP =
      Path.of(System.getProperty("penstock.top")).toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir Path folder;

  private static List<String> shellScripts() throws IOException {
    List<String> scripts = new ArrayList<>(List.of("penstock", ".ci/run"));
    for (String bin : List.of("distrib/gateway/src/main/bin", "distrib/acceptance/src/main/bin")) {
      try (Stream<Path> files = Files.list(TOP.resolve(bin))) {
        files
            .filter(f -> !f.toString().endsWith(".py"))
            .forEach(f -> scripts.add(TOP.relativize(f).toString()));
      }
    }
    return scripts;
  }

  @Test
  void shellcheckHasNothingToSay() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("shellcheck"));
    command.addAll(shellScripts());
    Process check =
        new ProcessBuilder(command).directory(TOP.toFile()).redirectErrorStream(true).start();
    String said = new String(check.getInputStream().readAllBytes());
    assertEquals(0, check.waitFor(), said);
  }

  /** Paths are the caller's, also when the script is called from elsewhere. */
  @Test
  void runTakesRelativePathsAndStopsOnSigterm() throws IOException {
    Files.writeString(folder.resolve("secret"), "correct horse battery\n");
    try (Script script =
        Script.startFrom(
            folder,
            "run",
            "--home",
            "here",
            "--admin-password-file",
            "secret",
            "--profile",
            "medium",
            "--https-port",
            Integer.toString(Ports.free()))) {
      String ready = script.line("ready https://localhost:", LIMIT);
      assertTrue(ready.matches("ready https://localhost:\\d+"), ready);
      assertTrue(
          Files.isDirectory(folder.resolve("here/snapshots")), "home in the caller's folder");
      assertTrue(
          script.lines().stream().noneMatch(l -> l.contains("password")), script.lines()::toString);
      assertEquals(0, script.terminate(LIMIT));
    }
  }

  @Test
  void wrongWordsEndWithTwoAndSayTheRightOnes() {
    for (List<String> words :
        List.of(
            List.of("fly"),
            List.of("test", "--olny", "x"),
            List.of("test", "--only", "no/such/module"),
            List.of("bench", "no-such-bench"),
            List.of("bench", "--profile", "huge"),
            List.of("demo", "--profile", "huge"),
            List.of("run", "--profile", "huge"))) {
      try (Script script = Script.start(words.toArray(String[]::new))) {
        assertEquals(2, script.end(LIMIT), () -> words + " printed " + script.lines());
        assertTrue(!script.lines().isEmpty(), words::toString);
      }
    }
  }
}

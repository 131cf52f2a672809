package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file system is read-only when the gateway starts. Without it an operator could meet a stack
 * trace, or a gateway that runs and forgets all. Mounts a small file system: needs root.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root")
class ReadOnlyHomeTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int HOME_NOT_USABLE = 3;

  @TempDir Path folder;

  private void run(String... command) {
    try (Child child = new Child(command[0], new ProcessBuilder(command))) {
      assertEquals(0, child.end(LIMIT), () -> List.of(command) + ": " + child.lines());
    }
  }

  private Path mount() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    run("mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", home.toString());
    return home;
  }

  @AfterEach
  void unmount() {
    run("sh", "-c", "! mountpoint -q " + folder + "/home || umount -l " + folder + "/home");
  }

  private void endsWithOneLine(Gateway gateway, Path named) {
    gateway.launch();
    assertEquals(HOME_NOT_USABLE, gateway.process().end(LIMIT));
    List<String> said = gateway.process().lines();
    assertEquals(1, said.size(), said.toString());
    assertTrue(
        said.get(0).startsWith("penstock: home " + named + " can't be written"), said.get(0));
    assertTrue(said.get(0).contains("Read-only file system"), said.get(0));
    assertTrue(said.get(0).contains("give --home a folder"), said.get(0));
  }

  @Test
  void theVeryFirstStartEndsWithOneLineThatSaysWhatToDo() throws IOException {
    Path home = mount();
    run("mount", "-o", "remount,ro", home.toString());
    try (Gateway gateway = new Gateway(folder, new Seed().xml())) {
      endsWithOneLine(gateway, home);
      endsWithOneLine(gateway.with("--supervise"), home); // which does not try again and again
      run("mount", "-o", "remount,rw", home.toString());
      gateway.start();
    }
  }

  @Test
  void aLaterStartDoesSoTooAndTakesNothingFromWhatIsThere() throws IOException {
    Path home = mount();
    try (Gateway gateway = new Gateway(folder, new Seed().xml())) {
      gateway.start();
      gateway.kill();
      run("mount", "-o", "remount,ro", home.toString());
      endsWithOneLine(gateway, home);
      run("mount", "-o", "remount,rw", home.toString());
      gateway.start();
      assertEquals(200, gateway.get("/api/v1/snapshots").statusCode());
    }
  }
}

package org.penstock.core.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without it two gateways could write one outbox, and a wrong home would fail far from its cause. */
class HomeTest {

  @TempDir Path folder;

  @Test
  void makesItsFolders() throws Exception {
    try (Home home = Home.open(folder.resolve("a/b"))) {
      assertTrue(Files.isDirectory(folder.resolve("a/b/outbox")), home::toString);
      assertTrue(Files.isDirectory(folder.resolve("a/b/snapshots")));
    }
  }

  @Test
  void aSecondGatewayOnTheSameHomeIsRefused() throws Exception {
    try (Home first = Home.open(folder)) {
      StartFailure failure = assertThrows(StartFailure.class, () -> Home.open(folder));
      assertTrue(failure.getMessage().contains("in use by another gateway"), first::toString);
    }
    Home.open(folder).close();
  }

  @Test
  void aHomeThatCanNotBeWrittenIsNamed() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    StartFailure failure = assertThrows(StartFailure.class, () -> Home.open(file.resolve("home")));
    assertEquals(StartFailure.HOME, failure.status());
    assertTrue(failure.getMessage().contains(file.toString()), failure::getMessage);
    assertTrue(failure.getMessage().contains("--home"), failure::getMessage);
  }
}

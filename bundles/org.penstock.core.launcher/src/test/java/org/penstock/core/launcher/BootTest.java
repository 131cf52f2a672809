package org.penstock.core.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without it a bad set of system bundles would be started for ever, or a good one be given up. */
class BootTest {

  @TempDir Path home;
  private Path install;
  private Path record;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void folders() throws IOException {
    install = home.resolve("install");
    record = home.resolve("packages/boot.properties");
    Files.createDirectories(home.resolve("tmp"));
    Files.createDirectories(home.resolve("packages/system/2.0"));
  }

  private Boot boot() {
    return new Boot(home, install, said::add);
  }

  private void reached() throws IOException {
    BootRecord.load(record).reached().save(record);
  }

  private void next(String name) throws IOException {
    Files.writeString(home.resolve("packages/system/next"), name + "\n");
  }

  @Test
  void theProgramFoldersOwnSetIsTheFirst() throws IOException {
    assertEquals(install.resolve("system"), boot().begin());
    assertEquals(List.of(), said);
  }

  @Test
  void aNewSetThatNeverBecomesReadyIsGivenUpAfterThreeStarts() throws IOException {
    boot().begin();
    reached();
    next("2.0");
    Path second = home.resolve("packages/system/2.0");
    assertEquals(second, boot().begin());
    assertEquals(second, boot().begin());
    assertEquals(second, boot().begin());
    Boot fourth = boot();
    assertEquals(install.resolve("system"), fourth.begin());
    assertEquals("2.0", fourth.properties().get("penstock.fallback"));
    assertTrue(said.get(said.size() - 1).contains("falls back"), said::toString);
  }

  @Test
  void aStartThatEndedBeforeTheMarkWasGoneWasNotCounted() throws IOException {
    boot().begin();
    reached();
    for (int i = 0; i < Boot.TRIES; i++) {
      next("2.0");
      assertEquals(home.resolve("packages/system/2.0"), boot().begin());
    }
    next("2.0");
    assertEquals(install.resolve("system"), boot().begin());
  }

  @Test
  void aSetThatBecameReadyAndIsKilledAgainAndAgainIsNotGivenUp() throws IOException {
    boot().begin();
    next("2.0");
    for (int i = 0; i < 10; i++) {
      assertEquals(home.resolve("packages/system/2.0"), boot().begin());
      reached();
    }
  }

  @Test
  void aProvenSetIsWhatIsFallenBackTo() throws IOException {
    Files.createDirectories(home.resolve("packages/system/3.0"));
    next("2.0");
    boot().begin();
    BootRecord.load(record).reached().proven().save(record);
    next("3.0");
    for (int i = 0; i < Boot.TRIES; i++) {
      assertEquals(home.resolve("packages/system/3.0"), boot().begin());
    }
    assertEquals(home.resolve("packages/system/2.0"), boot().begin());
  }

  @Test
  void namesThatLeadElsewhereAreNoSets() throws IOException {
    next("../..");
    assertEquals(install.resolve("system"), boot().begin());
    assertTrue(said.get(0).contains("left out"), said::toString);
  }

  @Test
  void anEndForWantOfMemoryIsSaidAndASecondOneUndoesTheNewestChange() throws IOException {
    boot().begin();
    reached();
    Files.createFile(home.resolve("tmp/out-of-memory"));
    Boot first = boot();
    first.begin();
    assertTrue(first.properties().get("penstock.last.end").contains("OutOfMemoryError"));
    assertFalse(first.properties().containsKey("penstock.undo.last"));
    reached();
    Files.createFile(home.resolve("tmp/out-of-memory"));
    Boot second = boot();
    second.begin();
    assertEquals("true", second.properties().get("penstock.undo.last"));
    assertEquals(2, said.size());
  }

  @Test
  void aDamagedRecordIsAsNone() throws IOException {
    Files.createDirectories(record.getParent());
    Files.writeString(record, "failed=many\n");
    assertEquals(install.resolve("system"), boot().begin());
  }
}

package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If deleted: a rule could start a pump that somebody works on after a power cut. */
class HandSwitchesTest {

  @TempDir Path folder;
  private final TestStorage storage = new TestStorage();

  private HandSwitches open() {
    return new HandSwitches(folder.resolve("field/hand.tsv"), storage);
  }

  @Test
  void switchesOutlastARestart() throws IOException {
    HandSwitches first = open();
    first.hand("pump 1", "speed", "anna");
    first.hand("pump 1", "valve", "ben\tdoe");
    first.hand("pump 2", "speed", "anna");
    first.automatic("pump 2", "speed");
    HandSwitches second = open();
    assertEquals(Set.of("speed", "valve"), second.ofAsset("pump 1").keySet());
    assertEquals(first.of("pump 1", "speed"), second.of("pump 1", "speed"));
    assertEquals("ben doe", second.of("pump 1", "valve").orElseThrow().owner());
    assertTrue(second.of("pump 2", "speed").isEmpty());
  }

  @Test
  void whatCannotBeStoredIsNotSwitched() throws IOException {
    HandSwitches switches = open();
    switches.hand("a", "kept", "anna");
    storage.full.set(true);
    assertThrows(IOException.class, () -> switches.hand("a", "b", "anna"));
    assertThrows(IOException.class, () -> switches.automatic("a", "kept"));
    assertThrows(IOException.class, () -> switches.hand("a\tb", "c", "anna"));
    assertEquals(Set.of("kept"), switches.ofAsset("a").keySet());
  }

  @Test
  void aDamagedByteCostsItsOwnLineOnly() throws IOException {
    open().hand("a", "b", "anna");
    Path file = folder.resolve("field/hand.tsv");
    byte[] good = Files.readAllBytes(file);
    byte[] all = Arrays.copyOf(new byte[] {(byte) 0xff, '\n'}, 2 + good.length);
    System.arraycopy(good, 0, all, 2, good.length);
    Files.write(file, all);
    assertEquals(Set.of("b"), open().ofAsset("a").keySet());
  }

  @Test
  void aNameThatWouldNotOutlastARestartIsRefused() {
    HandSwitches switches = open();
    assertThrows(IOException.class, () -> switches.hand("a", "b\tc", "anna"));
    assertTrue(switches.ofAsset("a").isEmpty());
  }

  @Test
  void damagedLinesAreLeftOut() throws IOException {
    open().hand("a", "b", "anna");
    Path file = folder.resolve("field/hand.tsv");
    Files.writeString(file, "garbage\nx\ty\tz\tyesterday\n" + Files.readString(file));
    assertEquals(Set.of("b"), open().ofAsset("a").keySet());
    assertTrue(open().of("x", "y").isEmpty());
  }
}

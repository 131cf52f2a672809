package org.penstock.core.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without it an import could leave a gateway that is half the old one and half the new. */
class TakeoverTest {

  private static final char[] PASSPHRASE = "a long passphrase".toCharArray();

  @TempDir Path folder;

  private Path other;
  private Path home;

  @BeforeEach
  void homes() throws IOException {
    other = folder.resolve("other");
    file(other, "keys/device.key", 1);
    file(other, "snapshots/snapshot_2.xml", 1);
    home = folder.resolve("home");
    file(home, "keys/device.key", 2);
    file(home, "snapshots/snapshot_1.xml", 2);
    file(home, "deploy/lamp.jar", 2);
    file(home, "outbox/log", 2);
  }

  private static void file(Path home, String name, int content) throws IOException {
    Files.createDirectories(home.resolve(name).getParent());
    Files.write(home.resolve(name), new byte[] {(byte) content});
  }

  private byte[] archive() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new HomeArchive(other, new Disk()).export(out, PASSPHRASE);
    return out.toByteArray();
  }

  private static Takeover at(Path home, Disk disk) {
    return new Takeover(home, new HomeArchive(home, disk), disk);
  }

  private static Map<String, String> content(Path root) throws IOException {
    Map<String, String> all = new TreeMap<>();
    if (Files.isDirectory(root)) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          all.put(root.relativize(file).toString(), Arrays.toString(Files.readAllBytes(file)));
        }
      }
    }
    return all;
  }

  private static Map<String, String> without(Map<String, String> all, String... folders) {
    Map<String, String> left = new TreeMap<>(all);
    left.keySet().removeIf(name -> Stream.of(folders).anyMatch(name::startsWith));
    return left;
  }

  @Test
  void theNextStartHasTheArchivesStateAndWhatWasThereIsKept() throws IOException {
    Map<String, String> before = content(home);
    assertEquals(2, at(home, new Disk()).prepare(new ByteArrayInputStream(archive()), PASSPHRASE));
    assertEquals(before, without(content(home), "incoming"), "nothing changes before the start");
    assertEquals(2, at(home, new Disk()).finish().orElseThrow());
    Map<String, String> expected = content(other);
    expected.put("outbox/log", "[2]");
    assertEquals(expected, without(content(home), "replaced"));
    assertEquals(without(before, "outbox"), content(home.resolve("replaced")));
    assertTrue(at(home, new Disk()).finish().isEmpty(), "once");
  }

  @Test
  void aWrongPassphraseChangesNothing() throws IOException {
    Map<String, String> before = content(home);
    byte[] archive = archive();
    char[] wrong = "another passphrase".toCharArray();
    IOException refused =
        assertThrows(
            IOException.class,
            () -> at(home, new Disk()).prepare(new ByteArrayInputStream(archive), wrong));
    assertTrue(refused.getMessage().contains("passphrase is wrong"), refused.getMessage());
    assertEquals(before, content(home));
    assertTrue(at(home, new Disk()).finish().isEmpty());
    assertEquals(before, content(home));
  }

  @Test
  void everyPrefixStartsAsTheOldGatewayOrAsTheNew() throws Exception {
    byte[] archive = archive();
    RecordingDisk disk = new RecordingDisk(home);
    at(home, disk).prepare(new ByteArrayInputStream(archive), PASSPHRASE);
    disk.mark("prepared");
    Map<String, String> old = without(content(home), "incoming");
    at(home, disk).finish();
    Map<String, String> next = without(content(home), "replaced");
    assertFalse(old.equals(next));
    int[] taken = new int[1];
    int points =
        CrashPoints.each(
            disk,
            folder.resolve("after"),
            2,
            (state, known) -> {
              at(state, CrashPoints.quickDisk()).finish();
              Map<String, String> found = without(content(state), "replaced");
              if (found.equals(next)) {
                taken[0]++;
              } else {
                assertEquals(old, found);
                assertTrue(known.isEmpty(), "it was said to be prepared");
              }
            });
    assertTrue(points > 50, "crash points: " + points);
    assertTrue(taken[0] > 10 && taken[0] < points, taken[0] + " of " + points);
  }
}

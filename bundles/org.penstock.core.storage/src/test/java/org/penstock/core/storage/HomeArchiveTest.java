package org.penstock.core.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without it a broken box could not be replaced, or a stolen archive be read. */
class HomeArchiveTest {

  private static final char[] PASSPHRASE = "correct horse battery".toCharArray();

  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void home() throws IOException {
    home = folder.resolve("home");
    file("keys/device.key", new byte[16]);
    file("keys/SSLKeystore.p12", random(3000));
    file("snapshots/snapshot_1000.xml", "sealed text".getBytes(StandardCharsets.US_ASCII));
    file("config/identities.json", "{}".getBytes(StandardCharsets.US_ASCII));
    file("packages/driver_1.0.0.dp", random(300_000));
    file("outbox/log", random(100));
    file("config/.identities.json.1.tmp", random(10));
  }

  private void file(String name, byte[] content) throws IOException {
    Files.createDirectories(home.resolve(name).getParent());
    Files.write(home.resolve(name), content);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private Path export() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new HomeArchive(home, new Disk()).export(out, PASSPHRASE);
    return Files.write(folder.resolve("archive"), out.toByteArray());
  }

  private static Map<String, Integer> content(Path root) throws IOException {
    Map<String, Integer> all = new TreeMap<>();
    if (Files.isDirectory(root)) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          all.put(
              root.relativize(file).toString(),
              java.util.Arrays.hashCode(Files.readAllBytes(file)));
        }
      }
    }
    return all;
  }

  @Test
  void aBlankBoxGetsConfigurationKeysAndPackages() throws IOException {
    Path archive = export();
    Path blank = folder.resolve("blank");
    HomeArchive target = new HomeArchive(blank, new Disk());
    assertTrue(target.isBlank());
    assertEquals(5, target.restore(archive, PASSPHRASE));
    assertFalse(target.isBlank());
    Map<String, Integer> expected = content(home);
    expected.keySet().removeIf(name -> name.startsWith("outbox") || name.endsWith(".tmp"));
    assertEquals(expected, content(blank));
    assertEquals(
        "rw-------",
        java.nio.file.attribute.PosixFilePermissions.toString(
            Files.getPosixFilePermissions(blank.resolve("keys/device.key"))));
  }

  /** The zip's own directory is longer than what a reader has read ahead. */
  @Test
  void manyFilesAreRestored() throws IOException {
    for (int i = 0; i < 300; i++) {
      file("deploy/bundle-with-a-long-name-" + i + ".jar", random(i));
    }
    assertEquals(
        305, new HomeArchive(folder.resolve("blank"), new Disk()).restore(export(), PASSPHRASE));
  }

  @Test
  void nothingOfASecretStandsInTheArchive() throws IOException {
    file("config/identities.json", "a very secret word".getBytes(StandardCharsets.US_ASCII));
    String archive = new String(Files.readAllBytes(export()), StandardCharsets.ISO_8859_1);
    assertFalse(archive.contains("secret word") || archive.contains("identities"));
  }

  @Test
  void aWrongPassphraseAChangedByteAndACutOffEndAreRefusedAndLeaveTheBoxBlank() throws IOException {
    Path archive = export();
    HomeArchive blank = new HomeArchive(folder.resolve("blank"), new Disk());
    IOException wrong =
        assertThrows(
            IOException.class, () -> blank.restore(archive, "another passphrase".toCharArray()));
    assertTrue(wrong.getMessage().contains("passphrase is wrong"), wrong.getMessage());
    byte[] sound = Files.readAllBytes(archive);
    Random random = new Random(3);
    for (int i = 0; i < 6; i++) {
      byte[] changed = sound.clone();
      int at = i < 2 ? i * 12 : 44 + random.nextInt(sound.length - 44);
      changed[at] ^= (byte) (1 << random.nextInt(7));
      byte[] bad = i % 2 == 0 ? changed : java.util.Arrays.copyOf(sound, at + 1);
      Path file = Files.write(folder.resolve("bad"), bad);
      assertThrows(IOException.class, () -> blank.restore(file, PASSPHRASE), "at " + at);
      assertEquals(Map.of(), content(folder.resolve("blank")));
    }
    assertTrue(blank.isBlank());
  }

  @Test
  void swappedChunksAreRefused() throws IOException {
    byte[] sound = Files.readAllBytes(export());
    int chunk = 4 + (64 << 10) + 16;
    byte[] swapped = sound.clone();
    System.arraycopy(sound, 44, swapped, 44 + chunk, chunk);
    System.arraycopy(sound, 44 + chunk, swapped, 44, chunk);
    Path file = Files.write(folder.resolve("bad"), swapped);
    HomeArchive blank = new HomeArchive(folder.resolve("blank"), new Disk());
    assertThrows(IOException.class, () -> blank.restore(file, PASSPHRASE));
  }

  @Test
  void aShortPassphraseIsRefused() {
    IOException refused =
        assertThrows(
            IOException.class,
            () ->
                new HomeArchive(home, new Disk())
                    .export(new ByteArrayOutputStream(), "short".toCharArray()));
    assertTrue(refused.getMessage().contains("12"), refused.getMessage());
  }

  @Test
  void everyPrefixOfARestoreIsBlankOrWhole() throws Exception {
    Files.delete(home.resolve("packages/driver_1.0.0.dp"));
    Path archive = export();
    Path live = Files.createDirectories(folder.resolve("live"));
    RecordingDisk disk = new RecordingDisk(live);
    new HomeArchive(live, disk).restore(archive, PASSPHRASE);
    disk.mark("restored");
    Map<String, Integer> whole = content(live);
    int points =
        CrashPoints.each(
            disk,
            folder.resolve("after"),
            2,
            (state, known) -> {
              HomeArchive again = new HomeArchive(state, CrashPoints.quickDisk());
              if (again.isBlank()) {
                assertTrue(known.isEmpty());
                return;
              }
              Map<String, Integer> found = content(state);
              found.keySet().removeIf(name -> name.startsWith("tmp"));
              assertEquals(whole, found);
            });
    assertTrue(points > 100, "crash points: " + points);
    assertArrayEquals(new byte[16], Files.readAllBytes(live.resolve("keys/device.key")));
  }
}

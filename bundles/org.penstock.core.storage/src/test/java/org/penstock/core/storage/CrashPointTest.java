package org.penstock.core.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;

/** Without it an acknowledged record could be lost in a power cut, and nobody would know. */
class CrashPointTest {

  private static final LogOptions SMALL = new LogOptions(4096, Duration.ofMillis(1));

  @TempDir Path folder;

  @Test
  void whatWasDurableBeforeTheCrashIsThereInOrderAndNothingIsInvented() throws Exception {
    RecordingDisk disk = new RecordingDisk(folder.resolve("live"));
    Map<Long, byte[]> appended = new HashMap<>();
    scenario(disk, appended, 120);
    int points =
        CrashPoints.each(
            disk, folder.resolve("after"), 2, (state, known) -> checkLog(state, known, appended));
    assertTrue(points > 1000, "crash points: " + points);
  }

  private void scenario(RecordingDisk disk, Map<Long, byte[]> appended, int count)
      throws Exception {
    Random random = new Random(7);
    DurableStorage storage = RecordingDisk.storage(disk);
    Path path = folder.resolve("live/log");
    Files.createDirectories(path.getParent());
    try (SegmentedLog log = storage.openLog(path, SMALL)) {
      for (int i = 0; i < count; i++) {
        byte[] content = new byte[random.nextInt(900)];
        random.nextBytes(content);
        SegmentedLog.Appended record = i % 5 < 3 ? log.appendLater(content) : log.append(content);
        appended.put(record.position(), content);
        record.durable().thenRun(() -> disk.mark(record.position()));
        if (i % 5 == 0) {
          record.durable().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
        if (i == 40) {
          disk.failForces(1);
        }
      }
    }
  }

  private static void checkLog(Path state, List<Object> known, Map<Long, byte[]> appended)
      throws IOException {
    List<Long> found = new ArrayList<>();
    try (SegmentedLog log = CrashPoints.quick().openLog(state.resolve("log"), SMALL)) {
      log.replay(
          (position, content) -> {
            assertArrayEquals(appended.get(position), content, "invented at " + position);
            found.add(position);
          });
      for (Object durable : known) {
        assertTrue(found.contains(durable), "lost " + durable);
        assertArrayEquals(appended.get(durable), log.read((Long) durable));
      }
      log.append(new byte[] {1, 2, 3}); // it goes on
    }
    List<Long> sorted = new ArrayList<>(found);
    sorted.sort(null);
    assertEquals(sorted, found, "order");
  }

  @Test
  void aReplacedFileIsOldOrNewAtEveryPoint() throws Exception {
    Files.createDirectories(folder.resolve("live"));
    RecordingDisk disk = new RecordingDisk(folder.resolve("live"));
    DurableStorage storage = RecordingDisk.storage(disk);
    for (int i = 1; i <= 20; i++) {
      storage.replace(folder.resolve("live/config/users.json"), version(i));
      disk.mark(i);
    }
    CrashPoints.each(
        disk,
        folder.resolve("after"),
        8,
        (state, known) -> {
          Path found = state.resolve("config/users.json");
          byte[] content = Files.exists(found) ? Files.readAllBytes(found) : new byte[0];
          assertTrue(
              Arrays.equals(content, version(known.size()))
                  || Arrays.equals(content, version(known.size() + 1)),
              "version " + known.size() + " or the next");
        });
  }

  /** Without it a recorder that loses what stood there before would hide a broken upgrade. */
  @Test
  void whatStoodThereBeforeTheRecordingIsThereAtEveryPoint() throws Exception {
    Path old = Files.createDirectories(folder.resolve("live")).resolve("old.txt");
    Files.write(old, version(1));
    RecordingDisk disk = new RecordingDisk(folder.resolve("live"));
    RecordingDisk.storage(disk).replace(old, version(2));
    int points =
        CrashPoints.each(
            disk,
            folder.resolve("after"),
            4,
            (state, known) -> {
              byte[] content = Files.readAllBytes(state.resolve("old.txt"));
              assertTrue(Arrays.equals(content, version(1)) || Arrays.equals(content, version(2)));
            });
    assertTrue(points >= 30, "crash points: " + points);
  }

  /** Without it the recorder itself could be blind: a store that never forces must be caught. */
  @Test
  void aStoreThatDoesNotForceIsCaught() throws Exception {
    Files.createDirectories(folder.resolve("live"));
    RecordingDisk disk = new RecordingDisk(folder.resolve("live"));
    try (Disk.Handle file = disk.create(folder.resolve("live/a"))) {
      file.write(0, java.nio.ByteBuffer.wrap(version(1)));
    }
    disk.mark("written");
    assertThrows(
        AssertionError.class,
        () ->
            CrashPoints.each(
                disk,
                folder.resolve("after"),
                0,
                (state, known) -> assertTrue(known.isEmpty() || Files.exists(state.resolve("a")))));
  }

  private static byte[] version(int i) {
    return i == 0
        ? new byte[0]
        : ("version " + i + " ").repeat(100).getBytes(StandardCharsets.UTF_8);
  }
}

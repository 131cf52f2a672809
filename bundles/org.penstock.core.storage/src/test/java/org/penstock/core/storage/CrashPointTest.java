package org.penstock.core.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
    int points = 0;
    for (int point = 0; point <= disk.size(); point++) {
      for (int seed = 0; seed < 4; seed++) {
        checkLog(disk, point, seed, appended);
        points++;
      }
    }
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
        SegmentedLog.Appended record = log.append(content);
        appended.put(record.position(), content);
        record.durable().thenRun(() -> disk.mark(record.position()));
        if (i % 5 == 0) {
          record.durable().toCompletableFuture().get(5, TimeUnit.SECONDS);
        }
        if (i == 40) {
          disk.failForces(1);
        }
      }
    }
  }

  private void checkLog(RecordingDisk disk, int point, int seed, Map<Long, byte[]> appended)
      throws IOException {
    Path after = folder.resolve("after-" + point + "-" + seed);
    disk.crash(point, new Random(point * 31L + seed), after);
    List<Long> found = new ArrayList<>();
    try (SegmentedLog log = new FileStorage().openLog(after.resolve("log"), SMALL)) {
      log.replay(
          (position, content) -> {
            assertArrayEquals(appended.get(position), content, "invented at " + position);
            found.add(position);
          });
      for (Object durable : disk.marks(point)) {
        assertTrue(found.contains(durable), "lost " + durable + " at point " + point + "/" + seed);
        assertArrayEquals(appended.get(durable), log.read((Long) durable));
      }
      log.append(new byte[] {1, 2, 3}); // it goes on
    }
    List<Long> sorted = new ArrayList<>(found);
    sorted.sort(null);
    assertEquals(sorted, found, "order");
    delete(after);
  }

  @Test
  void aReplacedFileIsOldOrNewAtEveryPoint() throws IOException {
    RecordingDisk disk = new RecordingDisk(folder.resolve("live"));
    DurableStorage storage = RecordingDisk.storage(disk);
    Path file = folder.resolve("live/config/users.json");
    for (int i = 1; i <= 20; i++) {
      storage.replace(file, version(i));
      disk.mark(i);
    }
    for (int point = 0; point <= disk.size(); point++) {
      for (int seed = 0; seed < 10; seed++) {
        Path after = folder.resolve("after-" + point + "-" + seed);
        disk.crash(point, new Random(point * 17L + seed), after);
        Path found = after.resolve("config/users.json");
        int known = disk.marks(point).size();
        byte[] content = Files.exists(found) ? Files.readAllBytes(found) : new byte[0];
        assertTrue(
            Arrays.equals(content, version(known)) || Arrays.equals(content, version(known + 1)),
            "point " + point + ": version " + known + " or the next");
        delete(after);
      }
    }
  }

  private static byte[] version(int i) {
    return i == 0
        ? new byte[0]
        : ("version " + i + " ").repeat(100).getBytes(StandardCharsets.UTF_8);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

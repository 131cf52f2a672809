package org.penstock.core.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;
import org.penstock.api.storage.SegmentedLog.Appended;

/** Without it one flipped bit, a failed force or a full disk could take more than the record it hit. */
class FileLogTest {

  private static final LogOptions SMALL = new LogOptions(4096, Duration.ofMillis(1));
  private static final LogOptions SELDOM = new LogOptions(1 << 20, Duration.ofMinutes(9));

  @TempDir Path folder;

  private static void await(Appended record) throws Exception {
    record.durable().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static List<Long> positions(SegmentedLog log) throws IOException {
    List<Long> positions = new ArrayList<>();
    log.replay((position, content) -> positions.add(position));
    return positions;
  }

  private Path onlySegment() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(p -> p.toString().endsWith(".log")).findFirst().orElseThrow();
    }
  }

  @Test
  void oneFlippedBitCostsOneRecordAndIsNeverGivenOut() throws Exception {
    List<Appended> records = new ArrayList<>();
    try (SegmentedLog log = new FileStorage().openLog(folder, LogOptions.DEFAULT)) {
      for (int i = 0; i < 50; i++) {
        records.add(log.append(new byte[100]));
      }
      await(records.get(49));
    }
    byte[] sound = Files.readAllBytes(onlySegment());
    Random random = new Random(1);
    for (int trial = 0; trial < 300; trial++) {
      byte[] flipped = sound.clone();
      int bit = (Segment.HEADER + random.nextInt(sound.length - Segment.HEADER)) * 8;
      flipped[bit / 8] ^= (byte) (1 << random.nextInt(8));
      Files.write(onlySegment(), flipped);
      try (SegmentedLog log = new FileStorage().openLog(folder, LogOptions.DEFAULT)) {
        log.replay((position, content) -> assertArrayEquals(new byte[100], content));
        assertEquals(49, positions(log).size());
        assertEquals(1, log.damaged());
      }
    }
  }

  @Test
  void aFailedForceIsMadeUpForInANewSegmentAtTheSamePositions() throws Exception {
    RecordingDisk disk = new RecordingDisk(folder);
    try (SegmentedLog log = new FileLog(disk, folder, SMALL)) {
      await(log.append(new byte[] {1}));
      disk.failForces(1);
      Appended record = log.append(new byte[] {2});
      await(record);
      assertArrayEquals(new byte[] {2}, log.read(record.position()));
      await(log.append(new byte[] {3}));
      assertEquals(3, positions(log).size());
    }
  }

  @Test
  void aForceThatFailsTwiceIsReportedAndTheLogGoesOn() throws Exception {
    RecordingDisk disk = new RecordingDisk(folder);
    try (SegmentedLog log = new FileLog(disk, folder, SMALL)) {
      await(log.append(new byte[] {1}));
      disk.failForces(2);
      Appended lost = log.append(new byte[] {2});
      ExecutionException failure = assertThrows(ExecutionException.class, () -> await(lost));
      assertTrue(failure.getCause() instanceof IOException);
      await(log.append(new byte[] {3}));
    }
  }

  @Test
  void positionsGrowOverRestartsAndAreNeverUsedTwice() throws Exception {
    long last = -1;
    for (int i = 0; i < 5; i++) {
      try (SegmentedLog log = new FileStorage().openLog(folder, SMALL)) {
        for (int k = 0; k < 30; k++) {
          Appended record = log.append(new byte[300]);
          assertTrue(record.position() > last);
          last = record.position();
        }
      }
    }
    try (SegmentedLog log = new FileStorage().openLog(folder, SMALL)) {
      assertEquals(150, positions(log).size());
    }
  }

  @Test
  void truncateGivesWholeSegmentsBackToTheDisk() throws Exception {
    try (SegmentedLog log = new FileStorage().openLog(folder, SMALL)) {
      List<Appended> records = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        records.add(log.append(new byte[300]));
      }
      await(records.get(199));
      long before = log.bytes();
      log.truncateBefore(records.get(180).position());
      assertTrue(log.bytes() < before / 4, "bytes left: " + log.bytes());
      assertEquals(records.get(199).position(), positions(log).get(positions(log).size() - 1));
      assertTrue(positions(log).contains(records.get(180).position()));
    }
  }

  @Test
  void appendsOfManyThreadsShareForces() throws Exception {
    RecordingDisk disk = new RecordingDisk(folder);
    int writers = 8;
    int each = 200;
    try (SegmentedLog log = new FileLog(disk, folder, LogOptions.DEFAULT)) {
      List<Thread> threads = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        Thread thread =
            new Thread(
                () -> {
                  try {
                    for (int i = 0; i < each; i++) {
                      await(log.append(new byte[50]));
                    }
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join(20_000);
      }
      assertEquals(writers * each, positions(log).size());
    }
  }

  @Test
  void closeLeavesNoThread() throws Exception {
    SegmentedLog log = new FileStorage().openLog(folder.resolve("closing"), SMALL);
    log.append(new byte[1]);
    log.close();
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(t -> t.getName().equals("core/storage/closing")));
    assertThrows(IOException.class, () -> log.append(new byte[1]));
  }

  /** Seen in review: an interrupt closed the channel, and every later record was refused until restart. */
  @Test
  void anInterruptOfAWriterLosesNothingAndTheLogGoesOn() throws Exception {
    Map<Long, byte[]> told = new ConcurrentHashMap<>();
    try (SegmentedLog log = new FileStorage().openLog(folder, SMALL)) {
      Thread.currentThread().interrupt();
      Appended first = log.append(new byte[] {1});
      assertTrue(Thread.interrupted(), "the interrupt is kept for whom it was meant");
      await(first);
      told.put(first.position(), new byte[] {1});
      List<Appended> records = new CopyOnWriteArrayList<>();
      Thread writer =
          new Thread(
              () -> {
                for (int i = 0; i < 3000; i++) {
                  byte[] content = ByteBuffer.allocate(64).putInt(i).array();
                  try {
                    Appended record = i % 2 == 0 ? log.append(content) : log.appendLater(content);
                    told.put(record.position(), content);
                    records.add(record);
                    log.read(record.position());
                  } catch (IOException interruptedWhileItWaited) {
                    Thread.interrupted();
                  }
                }
              },
              "test/writer");
      writer.start();
      int sent = 0;
      while (writer.isAlive()) {
        writer.interrupt();
        sent++;
        LockSupport.parkNanos(300_000); // a retry may meet the next one, too
      }
      Appended last = log.append(new byte[] {2});
      told.put(last.position(), new byte[] {2});
      await(last);
      int refused = 3000 - records.size();
      assertTrue(refused <= sent, refused + " refused, " + sent + " interrupts");
      assertTrue(records.size() > 100, records.size() + " of 3000 were taken");
      for (Appended record : records) {
        await(record);
      }
    }
    try (SegmentedLog log = new FileStorage().openLog(folder, SMALL)) {
      Map<Long, byte[]> found = new HashMap<>();
      log.replay(found::put);
      told.forEach((position, content) -> assertArrayEquals(content, found.get(position)));
      assertEquals(told.size(), found.size(), "none is invented");
    }
  }

  /** Without it each record could cost a call of the operating system, or one could be read too early. */
  @Test
  void recordsThatMayWaitGoToTheFileTogetherAndAreReadBeforeThat() throws Exception {
    RecordingDisk disk = new RecordingDisk(folder);
    try (SegmentedLog log = new FileLog(disk, folder, SELDOM)) {
      await(log.append(new byte[] {0}));
      int before = disk.size();
      Appended last = null;
      for (int i = 1; i <= 100; i++) {
        last = log.appendLater(new byte[] {(byte) i});
        assertArrayEquals(new byte[] {(byte) i}, log.read(last.position()));
      }
      assertEquals(before + 1, disk.size(), "the first is written at once, the others gather");
      log.flush();
      assertEquals(before + 2, disk.size());
      log.appendLater(new byte[] {101});
      log.append(new byte[] {102});
      assertEquals(before + 3, disk.size(), "one that may not wait takes the others with it");
      log.appendLater(new byte[100_000]);
      log.hurry();
      await(last);
      assertEquals(104, positions(log).size());
    }
  }

  /** Without it whoever waits for a record that gathers could be told that it is on a full disk. */
  @Test
  void whatGathersAndFindsNoRoomFailsForWhoeverWaitsAndTheLogGoesOn() throws Exception {
    RecordingDisk disk = new RecordingDisk(folder);
    try (SegmentedLog log = new FileLog(disk, folder, SELDOM)) {
      await(log.append(new byte[] {1}));
      log.appendLater(new byte[] {2});
      Appended lost = log.appendLater(new byte[] {3});
      disk.failWrites(Integer.MAX_VALUE);
      assertThrows(IOException.class, () -> log.append(new byte[] {4}), "it may not wait");
      log.hurry();
      ExecutionException failure = assertThrows(ExecutionException.class, () -> await(lost));
      assertTrue(failure.getCause().getMessage().startsWith("No space left on device"));
      disk.failWrites(0);
      Appended next = log.append(new byte[] {5});
      log.hurry();
      await(next);
      assertArrayEquals(new byte[] {5}, log.read(next.position()));
    }
    try (SegmentedLog log = new FileStorage().openLog(folder, SMALL)) {
      List<Integer> found = new ArrayList<>();
      log.replay((position, content) -> found.add((int) content[0]));
      assertTrue(found.equals(List.of(1, 5)) || found.equals(List.of(1, 2, 5)), found.toString());
    }
  }

  /** Without it a damaged record could be given out from what was read ahead, or hide those behind it. */
  @Test
  void whatIsReadAheadIsCheckedRecordByRecord() throws Exception {
    List<Appended> records = new ArrayList<>();
    try (SegmentedLog log = new FileStorage().openLog(folder, LogOptions.DEFAULT)) {
      for (int i = 0; i < 1000; i++) {
        records.add(log.append(ByteBuffer.allocate(300).putInt(i).array()));
      }
      await(records.get(999));
    }
    byte[] flipped = Files.readAllBytes(onlySegment());
    flipped[(int) records.get(500).position() + Segment.RECORD_HEADER + 7] ^= 1;
    Files.write(onlySegment(), flipped);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      order.add(i);
    }
    try (SegmentedLog log = new FileStorage().openLog(folder, LogOptions.DEFAULT)) {
      for (int round = 0; round < 3; round++) {
        for (int i : order) {
          long position = records.get(i).position();
          if (i == 500) {
            assertThrows(IOException.class, () -> log.read(position));
          } else {
            assertEquals(i, ByteBuffer.wrap(log.read(position)).getInt());
          }
        }
        Collections.shuffle(order, new Random(round));
      }
    }
  }
}

package org.penstock.cloud.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.outbox.OutboxMessage;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;
import org.penstock.core.storage.RecordingDisk;

/** Without it an acknowledged message could be lost in a crash, or be given out twice or changed. */
class OutboxTest {

  private static final LogOptions SMALL = new LogOptions(4096, Duration.ofMillis(1));
  private static final Outbox.Capacity AMPLE =
      new Outbox.Capacity(100_000, 1 << 30, Eviction.parse("oldest"));

  private record Acknowledged(int id) {}

  private record Removed(int id) {}

  @TempDir Path folder;

  private Outbox open(Path at, Outbox.Capacity capacity) throws IOException {
    DurableStorage storage = RecordingDisk.storage(new RecordingDisk(folder));
    return new Outbox(storage.openLog(at, SMALL), capacity);
  }

  private static byte[] payload(String topic) {
    return (topic + " ").repeat(20).getBytes(StandardCharsets.UTF_8);
  }

  private static OutboxMessage message(
      String topic, byte[] payload, int qos, boolean retain, int priority) {
    return new OutboxMessage(
        "", topic, payload, qos, retain, priority, OutboxMessage.Durability.GROUP, false);
  }

  private static Message next(Outbox outbox) throws IOException {
    Optional<Message> next = outbox.next((p, q) -> true);
    return next.orElse(null);
  }

  @Test
  void messagesLeaveByPriorityAndThenByAge() throws IOException {
    try (Outbox outbox = open(folder.resolve("o"), AMPLE)) {
      outbox.add(message("c", payload("c"), 1, false, 7));
      outbox.add(message("a", payload("a"), 1, false, 0));
      outbox.add(message("d", payload("d"), 1, false, 7));
      outbox.add(message("b", payload("b"), 1, false, 5));
      List<String> order = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        order.add(next(outbox).topic());
      }
      assertEquals(List.of("a", "b", "c", "d"), order);
      assertEquals(null, next(outbox));
      assertEquals(4, outbox.putBackAll(Set.of()));
      assertEquals("a", next(outbox).topic());
    }
  }

  /**
   * After 2,147,483,647 ids begin with 1 again. Then new messages went in front of the backlog, and after
   * a restart the same ids were given out once more.
   */
  @Test
  void idsThatBeginAgainOvertookTheBacklog() throws IOException {
    Path place = folder.resolve("o");
    DurableStorage storage = RecordingDisk.storage(new RecordingDisk(folder));
    try (SegmentedLog log = storage.openLog(place, SMALL)) {
      log.append(
          ByteBuffer.allocate(5).put((byte) 3).putInt(Integer.MAX_VALUE - 3).array()); // LAST_ID
    }
    List<String> all = new ArrayList<>();
    try (Outbox outbox = open(place, AMPLE)) {
      for (int i = 0; i < 6; i++) {
        all.add("m" + i);
        outbox.add(message("m" + i, payload("m" + i), 1, false, 7)).await();
      }
      assertEquals("m0", next(outbox).topic());
      assertEquals("m1", next(outbox).topic());
      outbox.putBackAll(Set.of());
      assertEquals("m0", next(outbox).topic());
    }
    try (Outbox outbox = open(place, AMPLE)) {
      assertEquals(4, outbox.add(message("m6", payload("m6"), 1, false, 7)).id());
      all.add("m6");
      List<String> order = new ArrayList<>();
      for (Message next = next(outbox); next != null; next = next(outbox)) {
        order.add(next.topic());
        assertTrue(outbox.remove(next.id()));
      }
      assertEquals(all, order);
    }
  }

  /** A log that can't be read so many times. */
  private static SegmentedLog failing(SegmentedLog log, AtomicInteger times) {
    return (SegmentedLog)
        Proxy.newProxyInstance(
            OutboxTest.class.getClassLoader(),
            new Class<?>[] {SegmentedLog.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("read") && times.getAndDecrement() > 0) {
                throw new IOException("Too many open files");
              }
              try {
                return method.invoke(log, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void store(Path place, int messages) throws IOException {
    try (Outbox outbox = open(place, AMPLE)) {
      for (int i = 0; i < messages; i++) {
        outbox.add(message("m" + i, payload("m" + i), 1, false, 7)).await();
      }
    }
  }

  private SegmentedLog log(Path place) throws IOException {
    return RecordingDisk.storage(new RecordingDisk(folder)).openLog(place, SMALL);
  }

  @Test
  void aFailureToReadThatPassesWipedTheWholeOutbox() throws IOException {
    Path place = folder.resolve("unread");
    store(place, 50);
    AtomicInteger failures = new AtomicInteger(5);
    try (Outbox outbox = new Outbox(failing(log(place), failures), AMPLE)) {
      for (int i = 0; i < 5; i++) {
        assertThrows(IOException.class, () -> next(outbox));
      }
      assertEquals("m0", next(outbox).topic());
      assertEquals("m1", next(outbox).topic());
    }
    try (Outbox outbox = open(place, AMPLE)) {
      assertEquals("m0", next(outbox).topic());
    }
  }

  /** What can never be read, a bad block for example, must not hold up all others for ever. */
  @Test
  void aMessageThatStaysUnreadableIsLostAlone() throws IOException {
    Path place = folder.resolve("bad");
    store(place, 2);
    AtomicInteger failures = new AtomicInteger(Outbox.MOST_TRIES);
    try (Outbox outbox = new Outbox(failing(log(place), failures), AMPLE)) {
      for (int i = 1; i < Outbox.MOST_TRIES; i++) {
        assertThrows(IOException.class, () -> next(outbox));
      }
      assertEquals("m1", next(outbox).topic());
    }
  }

  @Test
  void whatIsDeliveredWhileTheDiskIsFullGivesItsSpaceBackAndIsNotSentAgain() throws IOException {
    RecordingDisk disk = new RecordingDisk(folder);
    Path place = folder.resolve("full");
    try (Outbox outbox = new Outbox(RecordingDisk.storage(disk).openLog(place, SMALL), AMPLE)) {
      for (int i = 0; i < 100; i++) {
        outbox.add(message("m" + i, payload("m" + i), 1, false, 7)).await();
      }
      long before = bytes(place);
      disk.failWrites(Integer.MAX_VALUE);
      assertThrows(IOException.class, () -> outbox.add(message("no", payload("no"), 1, false, 7)));
      for (int i = 0; i < 99; i++) {
        int id = next(outbox).id();
        assertThrows(IOException.class, () -> outbox.remove(id));
      }
      assertTrue(bytes(place) < before / 3, bytes(place) + " of " + before + " bytes are left");
      disk.failWrites(0);
      outbox.add(message("last", payload("last"), 1, false, 7)).await();
    }
    try (Outbox outbox = open(place, AMPLE)) {
      assertEquals("m99", next(outbox).topic());
      assertEquals("last", next(outbox).topic());
      assertEquals(null, next(outbox));
    }
  }

  private static long bytes(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.mapToLong(f -> f.toFile().length()).sum();
    }
  }

  @Test
  void whatWasNotRemovedIsThereAfterARestartWithItsIdAndContent() throws IOException {
    int kept;
    try (Outbox outbox = open(folder.resolve("o"), AMPLE)) {
      outbox.add(message("gone", payload("gone"), 1, false, 7));
      kept = outbox.add(message("kept", payload("kept"), 2, true, 3)).id();
      next(outbox);
      Message gone = next(outbox);
      outbox.remove(gone.id());
    }
    try (Outbox outbox = open(folder.resolve("o"), AMPLE)) {
      assertEquals(1, outbox.depth());
      Message message = next(outbox);
      assertEquals(kept, message.id());
      assertEquals("kept", message.topic());
      assertArrayEquals(payload("kept"), message.payload());
      assertEquals(2, message.qos());
      assertTrue(message.retain());
      assertTrue(
          outbox.add(message("new", payload("new"), 1, false, 7)).id() > kept,
          "ids are not used twice");
    }
  }

  @Test
  void whenFullTheOldestOfTheLowestPriorityGivesWayAndTheNewestIsTaken() throws IOException {
    try (Outbox outbox =
        open(folder.resolve("o"), new Outbox.Capacity(3, 1 << 20, Eviction.parse("oldest")))) {
      outbox.add(message("life", payload("x"), 1, false, 0));
      outbox.add(message("old", payload("x"), 1, false, 7));
      outbox.add(message("young", payload("x"), 1, false, 7));
      outbox.add(message("newest", payload("x"), 1, false, 7));
      assertEquals(1, outbox.evicted());
      List<String> left = new ArrayList<>();
      for (Message m = next(outbox); m != null; m = next(outbox)) {
        left.add(m.topic());
      }
      assertEquals(List.of("life", "young", "newest"), left);
    }
  }

  /** If deleted: one bad block could keep the space of all that was sent, and be told as its failure. */
  @Test
  void aMessageThatCouldNotBeReadKeptTheSpaceOfTheOthers() throws IOException {
    AtomicInteger failures = new AtomicInteger();
    SegmentedLog log = log(folder.resolve("unreadable"));
    try (Outbox outbox = new Outbox(failing(log, failures), AMPLE, 4096)) {
      outbox.add(message("stays", payload("stays"), 1, false, 9));
      failures.set(Integer.MAX_VALUE);
      goThrough(outbox, 50);
      assertTrue(failures.get() < Integer.MAX_VALUE, "nothing was to be read");
      long pinned = log.bytes();
      failures.set(0); // the block can be read again
      goThrough(outbox, 50);
      assertEquals(1, outbox.depth());
      assertTrue(log.bytes() < pinned, pinned + " bytes before, now " + log.bytes());
      assertEquals("stays", next(outbox).topic());
    }
  }

  private static void goThrough(Outbox outbox, int messages) throws IOException {
    for (int i = 0; i < messages; i++) {
      outbox.add(message("goes", new byte[2_000], 1, false, 1));
      outbox.remove(next(outbox).id());
    }
  }

  @Test
  void aDeliveredBacklogGivesItsDiskSpaceBackAlthoughOneOldMessageStays() throws IOException {
    Path at = folder.resolve("o");
    try (Outbox outbox = open(at, AMPLE)) {
      outbox.add(message("stays", payload("stays"), 1, false, 9));
      byte[] big = new byte[20_000];
      for (int i = 0; i < 1500; i++) {
        outbox.add(message("goes", big, 1, false, 1));
        outbox.remove(next(outbox).id());
      }
      assertEquals(1, outbox.depth());
    }
    long bytes;
    try (var files = Files.list(at)) {
      bytes = files.mapToLong(f -> f.toFile().length()).sum();
    }
    assertTrue(bytes < 25_000_000, "30 MB went through, on the disk are " + bytes);
    try (Outbox outbox = open(at, AMPLE)) {
      assertEquals("stays", next(outbox).topic());
    }
  }

  @Test
  void atEveryCrashPointEveryAcknowledgedIdIsThereInOrderAndNoneIsInvented() throws Exception {
    RecordingDisk disk = new RecordingDisk(folder.resolve("live"));
    Files.createDirectories(folder.resolve("live"));
    Set<String> all = new HashSet<>();
    scenario(disk, all);
    int points = 0;
    for (int point = 0; point <= disk.size(); point++) {
      for (int seed = 0; seed < 2; seed++) {
        check(disk, point, seed, all);
        points++;
      }
    }
    assertTrue(points > 500, "crash points: " + points);
  }

  private void scenario(RecordingDisk disk, Set<String> all) throws Exception {
    Random random = new Random(3);
    DurableStorage storage = RecordingDisk.storage(disk);
    try (Outbox outbox = new Outbox(storage.openLog(folder.resolve("live/o"), SMALL), AMPLE)) {
      for (int i = 1; i <= 140; i++) {
        String topic = "t" + i;
        all.add(topic);
        Outbox.Added added =
            outbox.add(
                new OutboxMessage(
                    "", topic, payload(topic), 1, false, random.nextInt(3), durability(i), false));
        CompletionStage<Void> told =
            added.durable().thenRun(() -> disk.mark(new Acknowledged(added.id())));
        if (i % 4 == 0) {
          told.toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
        if (i % 3 == 0) {
          Message sent = next(outbox);
          disk.mark(new Removed(sent.id()));
          outbox.remove(sent.id());
        }
      }
    }
  }

  private static OutboxMessage.Durability durability(int i) {
    return i % 4 == 0 ? OutboxMessage.Durability.GROUP : OutboxMessage.Durability.RELAXED;
  }

  private void check(RecordingDisk disk, int point, int seed, Set<String> all) throws IOException {
    Path after = folder.resolve("after-" + point + "-" + seed);
    disk.crash(point, new Random(point * 13L + seed), after);
    Set<Integer> expected = new HashSet<>();
    Set<Integer> gone = new HashSet<>();
    for (Object mark : disk.marks(point)) {
      if (mark instanceof Acknowledged acknowledged) {
        expected.add(acknowledged.id());
      } else if (mark instanceof Removed removed) {
        gone.add(removed.id());
      }
    }
    expected.removeAll(gone); // some were sent before they were on the disk
    DurableStorage storage = RecordingDisk.storage(new RecordingDisk(after));
    try (Outbox outbox = new Outbox(storage.openLog(after.resolve("o"), SMALL), AMPLE)) {
      List<Message> found = new ArrayList<>();
      for (Message m = next(outbox); m != null; m = next(outbox)) {
        assertTrue(all.contains(m.topic()), "invented: " + m.topic());
        assertArrayEquals(payload(m.topic()), m.payload());
        found.add(m);
      }
      List<Message> sorted = new ArrayList<>(found);
      sorted.sort(Comparator.comparingInt(Message::priority).thenComparingInt(Message::id));
      assertEquals(sorted, found, "order at " + point);
      Set<Integer> ids = new HashSet<>();
      found.forEach(m -> assertTrue(ids.add(m.id()), "twice: " + m.id()));
      assertTrue(
          ids.containsAll(expected), "point " + point + ": lost of " + expected + ", there " + ids);
    }
    try (var files = Files.walk(after)) {
      files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
    }
  }

  @Test
  void theRateLimitLetsTheBurstThroughAndThenTheAverage() {
    long[] now = {0};
    RateLimit limit = new RateLimit(2, 1, Duration.ofSeconds(1), () -> now[0]);
    assertEquals(Duration.ZERO, limit.take());
    assertEquals(Duration.ZERO, limit.take());
    assertEquals(Duration.ofSeconds(1), limit.take());
    now[0] += 1_000_000_000L;
    assertEquals(Duration.ZERO, limit.take());
  }
}

package org.penstock.cloud.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.outbox.OutboxMessage;
import org.penstock.api.outbox.OutboxMessage.Durability;
import org.penstock.api.storage.LogOptions;
import org.penstock.core.storage.CrashPoints;
import org.penstock.core.storage.RecordingDisk;

/** Without it one publisher's backlog could hold up another, or the wrong message could give way. */
class FairnessTest {

  private static final LogOptions SMALL = new LogOptions(4096, Duration.ofMillis(1));

  @TempDir Path folder;

  private Outbox open(String eviction, int messages) throws IOException {
    return open(new RecordingDisk(folder), folder.resolve("o"), eviction, messages);
  }

  private static Outbox open(RecordingDisk disk, Path at, String eviction, int messages)
      throws IOException {
    return new Outbox(
        RecordingDisk.storage(disk).openLog(at, SMALL),
        new Outbox.Capacity(messages, 1 << 30, Eviction.parse(eviction)));
  }

  private static OutboxMessage message(String publisher, String topic, int priority) {
    return message(publisher, topic, priority, false);
  }

  private static OutboxMessage message(
      String publisher, String topic, int priority, boolean newestFirst) {
    byte[] payload = topic.getBytes(StandardCharsets.UTF_8);
    return new OutboxMessage(
        publisher, topic, payload, 1, false, priority, Durability.GROUP, newestFirst);
  }

  private static List<String> drain(Outbox outbox, int count) throws IOException {
    List<String> topics = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      outbox.next((p, q) -> true).ifPresent(m -> topics.add(m.topic()));
    }
    return topics;
  }

  @Test
  void aPublisherWithoutBacklogGoesNextAlthoughAnotherHasMany() throws IOException {
    try (Outbox outbox = open("oldest", 100_000)) {
      for (int i = 0; i < 1000; i++) {
        outbox.add(message("backlog", "b" + i, 7));
      }
      outbox.add(message("live", "l0", 7));
      outbox.add(message("live", "l1", 7));
      assertEquals(List.of("b0", "l0", "b1", "l1", "b2", "b3"), drain(outbox, 6));
    }
  }

  @Test
  void newestFirstHoldsAcrossARestartAndAfterAPutBack() throws IOException {
    try (Outbox outbox = open("oldest", 100)) {
      for (int i = 0; i < 4; i++) {
        outbox.add(message("p", "t" + i, 7, true));
      }
    }
    try (Outbox outbox = open("oldest", 100)) {
      assertEquals(List.of("t3", "t2"), drain(outbox, 2));
      outbox.putBackAll(Set.of());
      outbox.add(message("p", "t4", 7, true));
      assertEquals(List.of("t4", "t3", "t2", "t1", "t0"), drain(outbox, 5));
    }
  }

  @Test
  void orderOfAPublisherSurvivesPutBacksAndARestart() throws IOException {
    Random random = new Random(4);
    int next = 0;
    try (Outbox outbox = open("oldest", 100_000)) {
      for (int i = 0; i < 300; i++) {
        outbox.add(message("p" + i % 3, "p" + i % 3 + "-" + i, random.nextInt(2)));
        if (i % 10 == 9) {
          drain(outbox, 4);
          outbox.putBackAll(Set.of());
        }
      }
    }
    try (Outbox outbox = open("oldest", 100_000)) {
      int[][] last = {{-1, -1, -1}, {-1, -1, -1}};
      for (var m = outbox.next((p, q) -> true); m.isPresent(); m = outbox.next((p, q) -> true)) {
        String[] parts = m.get().topic().split("-");
        int publisher = parts[0].charAt(1) - '0';
        int number = Integer.parseInt(parts[1]);
        assertTrue(number > last[m.get().priority()][publisher], m.get().topic());
        last[m.get().priority()][publisher] = number;
        next++;
      }
    }
    assertEquals(300, next);
  }

  @Test
  void newestIsRefusedOnlyWhereThatIsDeclared() throws IOException {
    try (Outbox outbox = open("0:oldest,5:newest", 3)) {
      outbox.add(message("p", "a", 7));
      outbox.add(message("p", "b", 7));
      outbox.add(message("p", "c", 7));
      assertThrows(Outbox.Full.class, () -> outbox.add(message("p", "d", 7)));
      outbox.add(message("p", "urgent", 1));
      assertEquals(List.of("urgent", "a", "b"), drain(outbox, 4));
    }
  }

  @Test
  void thinningLeavesTheWholeTimeRepresented() throws IOException {
    try (Outbox outbox = open("thin-out", 100)) {
      for (int i = 0; i < 150; i++) {
        outbox.add(message("p", "" + i, 7));
      }
      List<Integer> left = drain(outbox, 200).stream().map(Integer::valueOf).toList();
      assertEquals(100, left.size());
      assertEquals(149, left.get(99));
      int gap = 0;
      for (int i = 1; i < left.size(); i++) {
        gap = Math.max(gap, left.get(i) - left.get(i - 1));
      }
      assertTrue(gap <= 4, "a hole of " + gap);
      assertEquals(50, outbox.evicted());
    }
  }

  @Test
  void aWrongPolicyIsNamed() {
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> Eviction.parse("youngest"));
    assertTrue(wrong.getMessage().contains("thin-out"), wrong.getMessage());
  }

  @Test
  void aFullDiskRefusesInWordsAndLosesNothingOfBefore() throws IOException {
    RecordingDisk disk = new RecordingDisk(folder);
    try (Outbox outbox = open(disk, folder.resolve("o"), "oldest", 100)) {
      outbox.add(message("p", "a", 7)).await();
      disk.failWrites(1);
      IOException full = assertThrows(IOException.class, () -> outbox.add(message("p", "b", 7)));
      assertTrue(full.getMessage().contains("space"), full.getMessage());
      outbox.add(message("p", "c", 7)).await();
      assertEquals(List.of("a", "c"), drain(outbox, 3));
    }
  }

  private record Known(int id, boolean there) {}

  /** One old message pins the log, so that it is written again while its segment is given back. */
  @Test
  void crashesWhileSpaceIsGivenBackLoseNothing() throws Exception {
    Path live = folder.resolve("live");
    Files.createDirectories(live);
    RecordingDisk disk = new RecordingDisk(live);
    LogOptions options = new LogOptions(16 << 10, Duration.ofMillis(1));
    byte[] big = new byte[4 << 10];
    try (Outbox outbox =
        new Outbox(
            RecordingDisk.storage(disk).openLog(live.resolve("o"), options),
            new Outbox.Capacity(100, 1 << 30, Eviction.parse("oldest")),
            16 << 10)) {
      Outbox.Added old = outbox.add(message("", "old", 9));
      old.durable().toCompletableFuture().get(10, TimeUnit.SECONDS);
      disk.mark(new Known(old.id(), true));
      for (int i = 0; i < 60; i++) {
        Outbox.Added added =
            outbox.add(new OutboxMessage("", "big", big, 1, false, 1, Durability.GROUP, false));
        added.durable().toCompletableFuture().get(10, TimeUnit.SECONDS);
        disk.mark(new Known(added.id(), true));
        int sent = outbox.next((p, q) -> true).orElseThrow().id();
        disk.mark(new Known(sent, false));
        outbox.remove(sent);
      }
      outbox.add(message("", "last", 9)).await();
    }
    int states =
        CrashPoints.each(
            disk, folder, 0, (state, known) -> check(state.resolve("o"), options, known));
    assertTrue(states > 150, "states: " + states);
  }

  private static void check(Path at, LogOptions options, List<Object> known) throws IOException {
    Set<Integer> expected = new TreeSet<>();
    for (Object each : known) {
      if (each instanceof Known k) {
        if (k.there()) {
          expected.add(k.id());
        } else {
          expected.remove(k.id());
        }
      }
    }
    try (Outbox outbox =
        new Outbox(
            RecordingDisk.storage(new RecordingDisk(at.getParent().resolve("none")))
                .openLog(at, options),
            new Outbox.Capacity(100, 1 << 30, Eviction.parse("oldest")))) {
      Set<Integer> found = new HashSet<>(outbox.ids(false, topic -> true));
      assertTrue(found.containsAll(expected), "expected " + expected + ", found " + found);
    }
  }
}

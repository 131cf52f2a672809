package org.penstock.flow.rules.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;
import org.penstock.core.storage.CrashPoints;
import org.penstock.core.storage.RecordingDisk;

/** What rules remember through power cuts. If deleted: a latched alarm could be forgotten by one. */
class StateLogTest {

  private static final LogOptions SMALL = new LogOptions(4096, Duration.ofMillis(1));
  private static final int ROOM = 8 << 10;

  @TempDir Path folder;

  private static StateLog opened(DurableStorage storage, Path home) throws Exception {
    return new StateLog(storage, home.resolve("rules"), SMALL, ROOM);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String latched(StateLog log) {
    return log.get("latched").map(state -> new String(state, StandardCharsets.UTF_8)).orElse("");
  }

  /** Closing forces: what was put before is durable. */
  @Test
  void aPowerCutWhileTheLogIsShortenedLosesNoState() throws Exception {
    Path live = Files.createDirectories(folder.resolve("live"));
    try (StateLog log = opened(CrashPoints.quick(), live)) {
      log.put("latched", bytes("raised"));
    }
    RecordingDisk disk = new RecordingDisk(live);
    try (StateLog log = opened(RecordingDisk.storage(disk), live)) {
      for (int i = 0; i < 60; i++) {
        log.put("busy" + i % 3, new byte[600]);
      }
    }
    int points =
        CrashPoints.each(
            disk,
            folder.resolve("after"),
            2,
            (state, known) -> {
              try (StateLog log = opened(CrashPoints.quick(), state)) {
                assertEquals("raised", latched(log));
              }
            });
    assertTrue(points > 200, "crash points: " + points);
  }

  @Test
  void aShorteningWhoseForceFailedDropsNothingAndIsTriedAgain() throws Exception {
    List<CompletableFuture<Void>> forces = new ArrayList<>();
    List<Object> truncations = new ArrayList<>();
    long[] bytes = {ROOM};
    SegmentedLog fake =
        fake(
            SegmentedLog.class,
            (method, argument) -> {
              switch (method) {
                case "append" -> {
                  forces.add(new CompletableFuture<>());
                  return new SegmentedLog.Appended(
                      forces.size() - 1, forces.get(forces.size() - 1));
                }
                case "truncateBefore" -> truncations.add(argument);
                default -> {
                  // replay finds nothing
                }
              }
              return method.equals("bytes") ? bytes[0] : null;
            });
    StateLog log = opened(fake(DurableStorage.class, (method, argument) -> fake), folder);
    log.put("latched", bytes("raised"));
    bytes[0] = 2 * ROOM;
    log.put("busy", bytes("1"));
    assertEquals(4, forces.size(), "both states and their copies");
    forces.get(2).completeExceptionally(new IOException("the disk failed"));
    forces.get(3).complete(null);
    assertEquals(List.of(), truncations, "one copy is not on disk");
    log.put("busy", bytes("2"));
    assertEquals(5, forces.size(), "not with each state anew");
    bytes[0] = 3 * ROOM;
    log.put("busy", bytes("3"));
    forces.get(7).complete(null);
    assertEquals(List.of(), truncations, "the other copy is not on disk yet");
    forces.get(6).complete(null);
    assertEquals(List.of(6L), truncations);
  }

  private static <T> T fake(Class<T> type, BiFunction<String, Object, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                answers.apply(method.getName(), arguments == null ? null : arguments[0])));
  }
}

package org.penstock.flow.rules.rule;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
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
                case "append", "appendLater" -> {
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

  /** Each state was a write of its own: of 8,000 rules 8,000 a second. */
  @Test
  void whatIsRememberedInTheSameMomentIsWrittenTogether() throws Exception {
    List<String> calls = new ArrayList<>();
    List<Runnable> soon = new ArrayList<>();
    try (StateLog log = opened(recorded(calls), folder)) {
      log.gather("a", bytes("1"), soon::add);
      log.gather("b", bytes("2"), soon::add);
      assertEquals(List.of("appendLater", "appendLater"), calls);
      assertEquals(1, soon.size());
      soon.remove(0).run();
      log.gather("a", bytes("3"), soon::add);
      assertEquals(List.of("appendLater", "appendLater", "flush", "appendLater"), calls);
      assertEquals(1, soon.size());
      log.gather(
          "b",
          bytes("4"),
          task -> {
            throw new RejectedExecutionException("closed");
          });
      soon.remove(0).run();
      assertEquals("flush", calls.get(calls.size() - 1));
    }
    assertEquals(
        "3", new String(opened(CrashPoints.quick(), folder).get("a").orElseThrow(), US_ASCII));
  }

  /** What a full disk did not take is said by the next state, until it takes one again. */
  @Test
  void aStateThatCouldNotBeWrittenWithOthersIsSaidByTheNext() throws Exception {
    List<Runnable> soon = new ArrayList<>();
    boolean[] full = {true};
    SegmentedLog fake =
        fake(
            SegmentedLog.class,
            (method, argument) -> {
              if (full[0] && (method.equals("flush") || method.equals("append"))) {
                throw new UncheckedIOException(new IOException("full"));
              }
              return switch (method) {
                case "append", "appendLater" ->
                    new SegmentedLog.Appended(0, new CompletableFuture<>());
                case "bytes" -> 0L;
                default -> null;
              };
            });
    StateLog log = opened(fake(DurableStorage.class, (method, argument) -> fake), folder);
    log.gather("a", bytes("1"), soon::add);
    soon.remove(0).run();
    assertThrows(IOException.class, () -> log.gather("a", bytes("2"), soon::add));
    full[0] = false;
    log.gather("a", bytes("3"), soon::add);
    log.gather("a", bytes("4"), soon::add);
    assertEquals(1, soon.size(), "it gathers again");
  }

  /** A real log that notes what is asked of it. */
  private static DurableStorage recorded(List<String> calls) {
    DurableStorage real = CrashPoints.quick();
    return (DurableStorage)
        Proxy.newProxyInstance(
            DurableStorage.class.getClassLoader(),
            new Class<?>[] {DurableStorage.class},
            (proxy, method, arguments) -> {
              Object made = method.invoke(real, arguments);
              return made instanceof SegmentedLog log ? noted(log, calls) : made;
            });
  }

  private static Object noted(SegmentedLog log, List<String> calls) {
    return Proxy.newProxyInstance(
        SegmentedLog.class.getClassLoader(),
        new Class<?>[] {SegmentedLog.class},
        (proxy, method, arguments) -> {
          if (Set.of("append", "appendLater", "flush").contains(method.getName())) {
            calls.add(method.getName());
          }
          return method.invoke(log, arguments);
        });
  }

  private static <T> T fake(Class<T> type, BiFunction<String, Object, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return answers.apply(method.getName(), arguments == null ? null : arguments[0]);
              } catch (UncheckedIOException thrown) {
                throw thrown.getCause();
              }
            }));
  }
}

package org.penstock.flow.rules.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.SegmentedLog;
import org.penstock.core.storage.FileStorage;

/** ISA-18.2's states as a table, and the journal. If deleted: an alarm could be lost or stay forever. */
class AlarmBookTest {

  @TempDir Path folder;

  private static Entry entry(String kind, String name, String group, long at) {
    Entry.Kind one = Entry.Kind.valueOf(kind);
    return one == Entry.Kind.RAISED
        ? new Entry(one, at, name, "HIGH", "too hot", group, "rule hot", "", "", 0, "")
        : Entry.by(one, name, at, "anna", "seen", one == Entry.Kind.SHELVED ? at + 1000 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "RAISED, UNACKNOWLEDGED",
    "RAISED ACKNOWLEDGED, ACKNOWLEDGED",
    "RAISED CLEARED, RETURNED_UNACKNOWLEDGED",
    "RAISED CLEARED ACKNOWLEDGED, NORMAL",
    "RAISED ACKNOWLEDGED CLEARED, NORMAL",
    "RAISED ACKNOWLEDGED CLEARED RAISED, UNACKNOWLEDGED",
    "RAISED CLEARED RAISED, UNACKNOWLEDGED",
    "RAISED SHELVED, SHELVED",
    "RAISED SHELVED CLEARED UNSHELVED, RETURNED_UNACKNOWLEDGED",
    "RAISED SHELVED UNSHELVED, UNACKNOWLEDGED",
    "RAISED SUPPRESSED, SUPPRESSED",
    "SUPPRESSED RAISED RELEASED, UNACKNOWLEDGED",
    "RAISED SUPPRESSED CLEARED RELEASED, RETURNED_UNACKNOWLEDGED",
    "RAISED TAKEN_OUT, OUT_OF_SERVICE",
    "RAISED TAKEN_OUT SUPPRESSED SHELVED, OUT_OF_SERVICE",
    "RAISED SHELVED SUPPRESSED, SUPPRESSED",
    "RAISED TAKEN_OUT ACKNOWLEDGED PUT_BACK, ACKNOWLEDGED",
    "CLEARED, NORMAL",
  })
  void statesAreThoseOfTheStandard(String happened, Alarm.State expected) {
    AlarmBook book = new AlarmBook();
    Alarm last = null;
    for (String kind : happened.split(" ")) {
      last = book.apply(entry(kind, "hot", "", 1));
    }
    assertEquals(expected, last.state());
  }

  @Test
  void theFirstOfAGroupIsMarkedUntilAllAreNormal() {
    AlarmBook book = new AlarmBook();
    assertTrue(book.apply(entry("RAISED", "pressure", "pump", 1)).firstOut());
    assertFalse(book.apply(entry("RAISED", "flow", "pump", 2)).firstOut());
    assertTrue(book.apply(entry("RAISED", "level", "tank", 3)).firstOut());
    book.apply(entry("ACKNOWLEDGED", "pressure", "pump", 4));
    assertTrue(book.get("pressure").orElseThrow().firstOut());
    assertFalse(book.apply(entry("CLEARED", "pressure", "pump", 5)).firstOut());
    assertFalse(book.apply(entry("RAISED", "pressure", "pump", 6)).firstOut());
    for (String name : List.of("pressure", "flow")) {
      book.apply(entry("ACKNOWLEDGED", name, "pump", 7));
      book.apply(entry("CLEARED", name, "pump", 8));
    }
    assertTrue(book.apply(entry("RAISED", "flow", "pump", 9)).firstOut());
  }

  @Test
  void floodsBeginAndEnd() {
    AlarmBook book = new AlarmBook();
    for (int i = 0; i < 10; i++) {
      assertEquals(Optional.empty(), book.flood(true, i * 100L, 10_000, 10));
    }
    assertEquals(Optional.of(Entry.Kind.FLOOD_BEGAN), book.flood(true, 1000, 10_000, 10));
    assertEquals(Optional.empty(), book.flood(true, 1100, 10_000, 10));
    assertEquals(Optional.empty(), book.flood(false, 10_000, 10_000, 10));
    assertEquals(Optional.of(Entry.Kind.FLOOD_ENDED), book.flood(false, 12_000, 10_000, 10));
    assertFalse(book.isFlood());
  }

  @Test
  void theJournalGivesBackAllThatIsInItAndStaysBounded() throws Exception {
    FileStorage storage = new FileStorage();
    AlarmBook book = new AlarmBook();
    long most = 1 << 20;
    try (AlarmJournal journal = new AlarmJournal(storage, folder, most)) {
      book.apply(entry("RAISED", "old", "", 0));
      journal.append(entry("RAISED", "old", "", 0), () -> book.all().values());
      for (int i = 0; i < 60_000; i++) {
        Entry entry = entry(i % 2 == 0 ? "RAISED" : "CLEARED", "hot" + i % 7, "", i);
        if (book.changes(entry)) {
          book.apply(entry);
        }
        journal.append(entry, () -> book.all().values());
      }
      assertEquals(59_999, journal.newest(null, 1).get(0).at());
      assertEquals("hot3", journal.newest("hot3", 5).get(4).name());
    }
    AlarmBook again = new AlarmBook();
    List<Long> times = new ArrayList<>();
    try (AlarmJournal journal = new AlarmJournal(storage, folder, most)) {
      journal.replay(
          again::restore,
          (position, entry) -> {
            if (again.changes(entry)) {
              again.apply(entry);
            }
            times.add(entry.at());
          });
    }
    assertEquals(book.all(), again.all());
    assertTrue(again.get("old").isPresent(), "an old alarm outlasts the cutting");
    assertTrue(times.size() < 60_000, "nothing was cut");
    assertEquals(59_999, times.get(times.size() - 1));
  }

  private static <T> T fake(Class<T> type, BiFunction<String, Object, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                answers.apply(method.getName(), arguments == null ? null : arguments[0])));
  }

  @Test
  void nothingIsCutOffTheJournalUntilTheAlarmsBehindItAreOnDisk() throws Exception {
    List<CompletableFuture<Void>> forces = new ArrayList<>();
    List<Object> cuts = new ArrayList<>();
    long[] bytes = {2000};
    SegmentedLog log =
        fake(
            SegmentedLog.class,
            (method, argument) -> {
              if (method.equals("append")) {
                forces.add(new CompletableFuture<>());
                return new SegmentedLog.Appended(forces.size() - 1, forces.get(forces.size() - 1));
              }
              if (method.equals("truncateBefore")) {
                cuts.add(argument);
              }
              return method.equals("bytes") ? bytes[0] : null;
            });
    DurableStorage storage = fake(DurableStorage.class, (method, argument) -> log);
    AlarmJournal journal = new AlarmJournal(storage, folder, 1000);
    List<Alarm> alarms = List.of(Alarm.unknown("one"), Alarm.unknown("two"));
    for (int round = 0; round < 4; round++) {
      journal.append(entry("RAISED", "one", "", round), () -> alarms);
      bytes[0] += 1000;
      if (round == 1) {
        assertEquals(List.of(), cuts, "the first copies are not on disk");
        forces.get(4).completeExceptionally(new IOException("the disk failed"));
        forces.get(5).complete(null);
      } else if (round == 2) {
        assertEquals(List.of(), cuts, "one of the second is not on disk");
        forces.get(7).complete(null);
        forces.get(8).complete(null);
      }
    }
    assertEquals(12, forces.size());
    assertEquals(List.of(7L), cuts);
  }
}

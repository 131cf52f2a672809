package org.penstock.flow.rules.alarm;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All alarms, and what becomes of them. Pure: time is told. One thread at a time. */
final class AlarmBook {

  /** Many alarms at once. */
  private static final int LOW = 2;

  private final Map<String, Alarm> alarms = new HashMap<>();
  private final Map<String, Integer> troubled = new HashMap<>();
  private final Map<String, Set<String>> raised = new HashMap<>();
  private final Map<String, Set<String>> suppressed = new HashMap<>();
  private final Deque<Long> announced = new ArrayDeque<>();
  private boolean flood;

  Optional<Alarm> get(String name) {
    return Optional.ofNullable(alarms.get(name));
  }

  /** A copy, by name. */
  Map<String, Alarm> all() {
    return new TreeMap<>(alarms);
  }

  /** Puts an alarm in as it was. */
  void restore(Alarm alarm) {
    put(alarm);
  }

  private void put(Alarm alarm) {
    Alarm before = alarms.put(alarm.name(), alarm);
    int was = before != null && isTroubled(before) ? 1 : 0;
    int change = (isTroubled(alarm) ? 1 : 0) - was;
    if (change != 0 && !alarm.group().isEmpty()) {
      troubled.merge(alarm.group(), change, Integer::sum);
    }
    if (before != null) {
      leave(raised, before.source(), before.name());
      leave(suppressed, before.suppressedBy(), before.name());
    }
    if (alarm.active()) {
      enter(raised, alarm.source(), alarm.name());
    }
    if (alarm.suppressed()) {
      enter(suppressed, alarm.suppressedBy(), alarm.name());
    }
  }

  private static void enter(Map<String, Set<String>> bySource, String source, String name) {
    if (source != null) {
      bySource.computeIfAbsent(source, s -> new HashSet<>()).add(name);
    }
  }

  private static void leave(Map<String, Set<String>> bySource, String source, String name) {
    if (source != null) {
      bySource.computeIfPresent(source, (s, all) -> all.remove(name) && all.isEmpty() ? null : all);
    }
  }

  /** The active alarms that this has raised. */
  Set<String> raisedBy(String source) {
    return Set.copyOf(raised.getOrDefault(source, Set.of()));
  }

  /** The alarms that this keeps silent. */
  Set<String> suppressedBy(String source) {
    return Set.copyOf(suppressed.getOrDefault(source, Set.of()));
  }

  /** All that have raised an active alarm, or keep one silent. */
  Set<String> sources() {
    Set<String> all = new HashSet<>(raised.keySet());
    all.addAll(suppressed.keySet());
    return all;
  }

  private static boolean isTroubled(Alarm alarm) {
    return alarm.active() || !alarm.acknowledged();
  }

  /** Would the entry change anything? */
  boolean changes(Entry entry) {
    Alarm before = alarms.getOrDefault(entry.name(), Alarm.unknown(entry.name()));
    return switch (entry.kind()) {
      case RAISED -> !before.active();
      case CLEARED -> before.active();
      case ACKNOWLEDGED -> !before.acknowledged();
      case UNSHELVED -> before.shelvedUntil() != 0;
      case SUPPRESSED -> !before.suppressed();
      case RELEASED -> before.suppressed();
      case TAKEN_OUT -> !before.outOfService();
      case PUT_BACK -> before.outOfService();
      default -> true;
    };
  }

  /** Applies the entry; the alarm as it is now. */
  Alarm apply(Entry entry) {
    Alarm before = alarms.getOrDefault(entry.name(), Alarm.unknown(entry.name()));
    boolean first = !entry.group().isEmpty() && troubled.getOrDefault(entry.group(), 0) == 0;
    Alarm after = before.after(entry, first);
    put(after);
    return after;
  }

  /** Alarms that an operator has shelved, by name. */
  List<Alarm> shelved() {
    return alarms.values().stream()
        .filter(alarm -> alarm.shelvedUntil() != 0)
        .sorted(Comparator.comparing(Alarm::name))
        .toList();
  }

  /**
   * Shelvings that have ended, or would last longer than any may: the clock was set back while nobody looked.
   *
   * @param most milliseconds
   */
  List<String> shelvingsOver(long now, long most) {
    return shelved().stream()
        .filter(alarm -> alarm.shelvedUntil() <= now || alarm.shelvedUntil() - now > most)
        .map(Alarm::name)
        .toList();
  }

  /**
   * Counts an announced alarm, or none, within the last so many milliseconds.
   *
   * @param now what has elapsed, not what the wall clock says
   * @param most a flood is more than this many
   * @return what has begun or ended by it
   */
  Optional<Entry.Kind> flood(boolean another, long now, long span, int most) {
    if (another) {
      announced.add(now);
    }
    while (!announced.isEmpty()
        && (announced.peek() <= now - span || announced.size() > most + 1)) {
      announced.poll();
    }
    if (!flood && announced.size() > most) {
      flood = true;
      return Optional.of(Entry.Kind.FLOOD_BEGAN);
    }
    if (flood && announced.size() <= most / LOW) {
      flood = false;
      return Optional.of(Entry.Kind.FLOOD_ENDED);
    }
    return Optional.empty();
  }

  boolean isFlood() {
    return flood;
  }
}

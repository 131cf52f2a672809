package org.penstock.flow.wires;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Producers or consumers by service pid. Of several with one pid the oldest counts. Not thread safe. */
final class EndBook<T> {

  /**
   * One that is there.
   *
   * @param key tells it from others of the same pid
   * @param flavors value types that it takes; null for any
   */
  record End<T>(Object key, T service, Class<?>[] flavors) {}

  private final Map<String, List<End<T>>> ends = new HashMap<>();

  void add(String pid, End<T> end) {
    ends.computeIfAbsent(pid, key -> new ArrayList<>()).add(end);
  }

  void remove(String pid, Object key) {
    List<End<T>> left = ends.getOrDefault(pid, List.of());
    if (!left.isEmpty() && left.removeIf(end -> end.key().equals(key)) && left.isEmpty()) {
      ends.remove(pid);
    }
  }

  Optional<End<T>> get(String pid) {
    return Optional.ofNullable(ends.get(pid)).map(list -> list.get(0));
  }
}

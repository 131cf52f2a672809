package org.penstock.field.asset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.type.TypedValue;

/**
 * Gathers the entries of a record in their order. As long as the keys are those of the record before,
 * no more than the values is kept.
 */
final class RecordEntries {

  private final FixedKeys before;
  private final List<String> keys = new ArrayList<>();
  private TypedValue<?>[] values;
  private int size;
  private boolean same = true;

  RecordEntries(FixedKeys before) {
    this.before = before;
    this.values = new TypedValue<?>[Math.max(8, before.size())];
  }

  /** One more; a key that is there already gets this value instead, at its old place. */
  void put(String key, TypedValue<?> value) {
    if (same && !before.has(size, key)) {
      same = false;
      keys.addAll(before.before(size));
    }
    if (!same) {
      keys.add(key);
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  /** The keys of this record; empty when one came twice. */
  Optional<FixedKeys> keys() {
    return same && size == before.size() ? Optional.of(before) : FixedKeys.of(list());
  }

  private List<String> list() {
    return same ? before.before(size) : keys;
  }

  /** The record's entries, with the keys that {@link #keys} gave, or without such. */
  Map<String, TypedValue<?>> map(Optional<FixedKeys> fixed) {
    if (fixed.isPresent()) {
      return fixed.get().map(size == values.length ? values : Arrays.copyOf(values, size));
    }
    Map<String, TypedValue<?>> map = new LinkedHashMap<>(2 * size);
    List<String> all = list();
    for (int i = 0; i < size; i++) {
      map.put(all.get(i), values[i]);
    }
    return map;
  }
}

package org.penstock.field.asset;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The keys of maps that differ in their values only, such as those of one poll after the other: each
 * map is an array of values, and where a key stands is looked up in one table for all of them.
 * Unchangeable; any thread may use it and its maps.
 */
final class FixedKeys {

  /** No key at all. */
  static final FixedKeys NONE = new FixedKeys(new String[0], new int[2]);

  private final String[] keys;
  private final int[] table;

  private FixedKeys(String[] keys, int[] table) {
    this.keys = keys;
    this.table = table;
  }

  /** These keys in this order; empty when one stands there twice. */
  static Optional<FixedKeys> of(List<String> list) {
    String[] keys = list.toArray(String[]::new);
    int[] table = new int[Math.max(2, Integer.highestOneBit(keys.length) * 4)];
    for (int i = 0; i < keys.length; i++) {
      int place = place(keys, table, keys[i]);
      if (table[place] != 0) {
        return Optional.empty();
      }
      table[place] = i + 1;
    }
    return Optional.of(new FixedKeys(keys, table));
  }

  /** Where the key stands in the table, or where it would stand; the table is never full. */
  private static int place(String[] keys, int[] table, Object key) {
    int mask = table.length - 1;
    int place = key.hashCode() * 0x9E3779B9 >>> 7 & mask;
    while (table[place] != 0 && !keys[table[place] - 1].equals(key)) {
      place = place + 1 & mask;
    }
    return place;
  }

  int size() {
    return keys.length;
  }

  /** Whether that key stands at that place. */
  boolean has(int place, String key) {
    return place < keys.length && keys[place].equals(key);
  }

  /** The keys before that place. */
  List<String> before(int place) {
    return Arrays.asList(keys).subList(0, place);
  }

  /**
   * An unchangeable map of these keys in their order.
   *
   * @param values one for each key, none null; the array is the map's from now on
   */
  <V> Map<String, V> map(V[] values) {
    return new Values<>(this, values);
  }

  private int find(Object key) {
    return key instanceof String ? table[place(keys, table, key)] - 1 : -1;
  }

  /** The map. */
  private static final class Values<V> extends AbstractMap<String, V> {

    private final FixedKeys fixed;
    private final V[] values;

    Values(FixedKeys fixed, V[] values) {
      this.fixed = fixed;
      this.values = values;
    }

    @Override
    public int size() {
      return fixed.keys.length;
    }

    @Override
    public boolean containsKey(Object key) {
      return fixed.find(key) >= 0;
    }

    @Override
    public V get(Object key) {
      int place = fixed.find(key);
      return place < 0 ? null : values[place];
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super V> action) {
      for (int i = 0; i < fixed.keys.length; i++) {
        action.accept(fixed.keys[i], values[i]);
      }
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
      return new AbstractSet<>() {

        @Override
        public int size() {
          return Values.this.size();
        }

        @Override
        public Iterator<Map.Entry<String, V>> iterator() {
          return new Entries();
        }
      };
    }

    /** Makes the entries as they are asked for. */
    private final class Entries implements Iterator<Map.Entry<String, V>> {

      private int next;

      @Override
      public boolean hasNext() {
        return next < fixed.keys.length;
      }

      @Override
      public Map.Entry<String, V> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return Map.entry(fixed.keys[next], values[next++]);
      }
    }
  }
}

package org.penstock.core.configuration;

import java.util.Collections;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Maps of properties as Configuration Admin wants them: keys without regard to case, no nulls. */
final class PropertyMaps {

  private PropertyMaps() {}

  /** Later layers win; a null value in a layer clears the key. */
  @SafeVarargs
  static Map<String, Object> layered(Map<String, Object>... layers) {
    TreeMap<String, Object> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map<String, Object> layer : layers) {
      if (isSorted(layer) && layer.size() > merged.size()) {
        merged = over(merged, layer);
      } else {
        put(merged, layer);
      }
    }
    merged.values().removeIf(Objects::isNull);
    merged.replaceAll((key, value) -> ValueType.normal(value));
    return merged;
  }

  private static void put(TreeMap<String, Object> merged, Map<String, Object> layer) {
    layer.forEach(
        (key, value) -> {
          int before = merged.size();
          merged.put(key, value);
          if (merged.size() == before) {
            merged.remove(key); // so that the later spelling of the key counts
            merged.put(key, value);
          }
        });
  }

  /** A sorted map is copied without a single comparison: an asset may have 350,000 properties. */
  private static TreeMap<String, Object> over(
      TreeMap<String, Object> below, Map<String, Object> layer) {
    TreeMap<String, Object> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    merged.putAll(layer);
    below.forEach(
        (key, value) -> {
          if (!merged.containsKey(key)) {
            merged.put(key, value);
          }
        });
    return merged;
  }

  private static boolean isSorted(Map<String, Object> map) {
    return map instanceof SortedMap<String, Object> sorted
        && sorted.comparator() == String.CASE_INSENSITIVE_ORDER;
  }

  /** The same for keys that Configuration Admin takes for one. */
  static String folded(String key) {
    char[] chars = key.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      chars[i] = Character.toLowerCase(Character.toUpperCase(chars[i]));
    }
    return new String(chars);
  }

  /** A copy that keeps the order and, where it is sorted, the way to compare keys. */
  static Map<String, Object> copy(Map<String, Object> map) {
    return map instanceof SortedMap<String, Object> sorted
        ? new TreeMap<>(sorted)
        : new LinkedHashMap<>(map);
  }

  /**
   * The properties for Configuration Admin, which takes a copy. It writes what it is given into
   * messages for a log that nobody reads: this one calls itself by its size.
   */
  static Dictionary<String, Object> dictionary(Map<String, Object> properties) {
    return new Dictionary<>() {
      @Override
      public int size() {
        return properties.size();
      }

      @Override
      public boolean isEmpty() {
        return properties.isEmpty();
      }

      @Override
      public Enumeration<String> keys() {
        return Collections.enumeration(properties.keySet());
      }

      @Override
      public Enumeration<Object> elements() {
        return Collections.enumeration(properties.values());
      }

      @Override
      public Object get(Object key) {
        return properties.get(key);
      }

      @Override
      public Object put(String key, Object value) {
        throw new UnsupportedOperationException("a view");
      }

      @Override
      public Object remove(Object key) {
        throw new UnsupportedOperationException("a view");
      }

      @Override
      public String toString() {
        return properties.size() + " properties";
      }
    };
  }

  static Map<String, Object> map(Dictionary<String, Object> dictionary) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String key : Collections.list(dictionary.keys())) {
      properties.put(key, ValueType.normal(dictionary.get(key)));
    }
    return properties;
  }

  /** Equal keys and values, arrays by content. */
  static boolean same(Map<String, Object> one, Map<String, Object> other) {
    if (one.size() != other.size()) {
      return false;
    }
    Iterator<Map.Entry<String, Object>> others = other.entrySet().iterator();
    for (Map.Entry<String, Object> entry : one.entrySet()) {
      Map.Entry<String, Object> beside = others.next();
      boolean inStep = entry.getKey().equals(beside.getKey()); // no search, where both are sorted
      Object value = inStep ? beside.getValue() : other.get(entry.getKey());
      if (!Objects.deepEquals(entry.getValue(), value)) {
        return false;
      }
    }
    return true;
  }
}

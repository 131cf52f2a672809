package org.penstock.core.configuration;

import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Maps of properties as Configuration Admin wants them: keys without regard to case, no nulls. */
final class PropertyMaps {

  private PropertyMaps() {}

  /** Later layers win; a null value in a layer clears the key. */
  @SafeVarargs
  static Map<String, Object> layered(Map<String, Object>... layers) {
    TreeMap<String, Object> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map<String, Object> layer : layers) {
      layer.forEach(
          (key, value) -> {
            merged.remove(key); // so that the later spelling of the key counts
            merged.put(key, value == null ? null : ValueType.normal(value));
          });
    }
    merged.values().removeIf(Objects::isNull);
    return merged;
  }

  static Dictionary<String, Object> dictionary(Map<String, Object> properties) {
    return new Hashtable<>(properties);
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
    return one.size() == other.size()
        && one.entrySet().stream()
            .allMatch(e -> Objects.deepEquals(e.getValue(), other.get(e.getKey())));
  }
}

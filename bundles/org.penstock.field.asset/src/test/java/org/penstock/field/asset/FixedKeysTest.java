package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** If deleted: whoever gets a record could find values under other keys than they were read for. */
class FixedKeysTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 1000, 5000})
  void mapsAreAsThoseOfTheLibrary(int size) {
    Map<String, Integer> expected = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      expected.put("Aa".repeat(i % 5) + "BB".repeat(i % 3) + i, i); // many of one hash
    }
    FixedKeys keys = FixedKeys.of(List.copyOf(expected.keySet())).orElseThrow();
    Map<String, Integer> map = keys.map(expected.values().toArray(Integer[]::new));
    assertEquals(expected, map);
    assertEquals(map, expected);
    assertEquals(expected.hashCode(), map.hashCode());
    assertEquals(List.copyOf(expected.entrySet()), List.copyOf(map.entrySet()));
    expected.forEach((key, value) -> assertEquals(value, map.get(key)));
    assertTrue(map.keySet().containsAll(expected.keySet()));
    assertNull(map.get("none"));
    assertNull(map.get(null));
    List<String> seen = new ArrayList<>();
    map.forEach((key, value) -> seen.add(key));
    assertEquals(List.copyOf(expected.keySet()), seen);
    List<String> twice = new ArrayList<>(expected.keySet());
    twice.addAll(expected.keySet());
    assertEquals(size == 0, FixedKeys.of(twice).isPresent());
    assertEquals(Optional.empty(), FixedKeys.of(List.of("a", "b", "a")));
  }
}

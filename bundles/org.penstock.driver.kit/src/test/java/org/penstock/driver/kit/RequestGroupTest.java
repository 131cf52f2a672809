package org.penstock.driver.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grouping of requests. If deleted: a device could be asked for too much, or too often. */
class RequestGroupTest {

  private record Item(int address, int length) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0:1 1:1 2:1       | 125 | 0  | 0+3
          0:1 2:1           | 125 | 0  | 0+1 2+1
          0:1 2:1           | 125 | 1  | 0+3
          2:1 0:1 1:1       | 125 | 0  | 0+3
          0:2 1:4           | 125 | 0  | 0+5
          0:4 1:1           | 125 | 0  | 0+4
          0:1 124:1         | 125 | 200| 0+125
          0:1 125:1         | 125 | 200| 0+1 125+1
          0:2 124:2         | 125 | 200| 0+2 124+2
          0:200             | 125 | 0  | 0+200
          0:1 1:200 2:1     | 125 | 5  | 0+3 1+200
          65535:1 65534:1   | 125 | 0  | 65534+2
          """)
  void fewestRequestsWithinLengthAndGap(String items, int max, int gap, String expected) {
    assertEquals(expected, text(group(parse(items), max, gap)));
  }

  @Test
  void everyItemIsInExactlyOneRequestThatCoversIt() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      List<Item> items = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        items.add(new Item(random.nextInt(600), 1 + random.nextInt(4)));
      }
      List<RequestGroup<Item>> groups = group(items, 125, 10);
      assertEquals(40, groups.stream().mapToInt(g -> g.items().size()).sum());
      for (RequestGroup<Item> group : groups) {
        assertTrue(group.length() <= 125);
        for (Item item : group.items()) {
          assertTrue(item.address() >= group.address());
          assertTrue(item.address() + item.length() <= group.address() + group.length());
        }
      }
    }
  }

  @Test
  void nothingAsksForNothing() {
    assertEquals(List.of(), group(List.of(), 125, 0));
  }

  private static List<RequestGroup<Item>> group(List<Item> items, int max, int gap) {
    return RequestGroup.group(items, Item::address, Item::length, max, gap);
  }

  private static List<Item> parse(String text) {
    return List.of(text.split(" ")).stream()
        .map(item -> item.split(":"))
        .map(parts -> new Item(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])))
        .toList();
  }

  private static String text(List<RequestGroup<Item>> groups) {
    return groups.stream()
        .map(group -> group.address() + "+" + group.length())
        .collect(Collectors.joining(" "));
  }
}

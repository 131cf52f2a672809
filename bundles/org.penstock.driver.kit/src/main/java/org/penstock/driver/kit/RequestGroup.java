package org.penstock.driver.kit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * One request that fetches several items that lie close together. Pure: no clock, no I/O.
 *
 * @param address of the first unit
 * @param length in units (registers, bits, bytes)
 * @param items what it fetches, by ascending address
 */
public record RequestGroup<T>(int address, int length, List<T> items) {

  public RequestGroup {
    items = List.copyOf(items);
  }

  /**
   * Puts items together into the fewest requests.
   *
   * @param items in any order; they may overlap
   * @param address of an item's first unit
   * @param length of an item in units, 1 or more
   * @param maxLength longest request; an item longer than that gets a request of its own
   * @param maxGap unused units between two items that are still worth reading along, 0 or more: what
   *     one request costs divided by what one unit costs
   */
  public static <T> List<RequestGroup<T>> group(
      Collection<T> items,
      ToIntFunction<T> address,
      ToIntFunction<T> length,
      int maxLength,
      int maxGap) {
    List<T> waiting = new ArrayList<>(items);
    waiting.sort(Comparator.comparingInt(address));
    List<RequestGroup<T>> groups = new ArrayList<>();
    while (!waiting.isEmpty()) {
      waiting = takeOne(waiting, address, length, maxLength, maxGap, groups);
    }
    return groups;
  }

  /** Fills one request from the lowest address; what does not fit is left for the next ones. */
  private static <T> List<T> takeOne(
      List<T> sorted,
      ToIntFunction<T> address,
      ToIntFunction<T> length,
      int maxLength,
      int maxGap,
      List<RequestGroup<T>> groups) {
    int start = address.applyAsInt(sorted.get(0));
    long end = start;
    List<T> taken = new ArrayList<>();
    List<T> left = new ArrayList<>();
    for (T item : sorted) {
      long itemStart = address.applyAsInt(item);
      long itemEnd = itemStart + length.applyAsInt(item);
      boolean fits = itemEnd - start <= maxLength && itemStart - end <= maxGap;
      if (taken.isEmpty() || fits) {
        taken.add(item);
        end = Math.max(end, itemEnd);
      } else {
        left.add(item);
      }
    }
    groups.add(new RequestGroup<>(start, Math.toIntExact(end - start), taken));
    return left;
  }
}

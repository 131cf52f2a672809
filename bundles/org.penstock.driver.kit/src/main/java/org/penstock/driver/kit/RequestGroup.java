package org.penstock.driver.kit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedList;
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
    List<T> sorted = new ArrayList<>(items);
    sorted.sort(Comparator.comparingInt(address));
    List<T> waiting = new LinkedList<>(sorted);
    List<RequestGroup<T>> groups = new ArrayList<>();
    while (!waiting.isEmpty()) {
      groups.add(takeOne(waiting, address, length, maxLength, maxGap));
    }
    return groups;
  }

  /** Fills one request from the lowest address; what does not fit is left for the next ones. */
  private static <T> RequestGroup<T> takeOne(
      List<T> sorted,
      ToIntFunction<T> address,
      ToIntFunction<T> length,
      int maxLength,
      int maxGap) {
    int start = address.applyAsInt(sorted.get(0));
    long end = start;
    List<T> taken = new ArrayList<>();
    for (Iterator<T> rest = sorted.iterator(); rest.hasNext(); ) {
      T item = rest.next();
      long itemStart = address.applyAsInt(item);
      long itemEnd = itemStart + length.applyAsInt(item);
      if (taken.isEmpty() || itemEnd - start <= maxLength && itemStart - end <= maxGap) {
        taken.add(item);
        rest.remove();
        end = Math.max(end, itemEnd);
      } else if (itemStart - start >= maxLength || itemStart - end > maxGap) {
        break; // those behind it lie no nearer
      }
    }
    return new RequestGroup<>(start, Math.toIntExact(end - start), taken);
  }
}

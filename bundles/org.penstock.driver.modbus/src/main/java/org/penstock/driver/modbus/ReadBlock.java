package org.penstock.driver.modbus;

import java.util.List;
import java.util.Optional;
import org.penstock.driver.modbus.codec.Request;

/**
 * One request and the items that it fetches.
 *
 * @param place unit and table of all items
 * @param address of the first register or bit
 * @param length in registers or bits
 * @param items by ascending address
 * @param request encoded once
 */
record ReadBlock(Place place, int address, int length, List<ReadItem> items, Request request) {

  /** Two blocks that fetch the same items. */
  record Halves(ReadBlock left, ReadBlock right) {}

  static ReadBlock of(Place place, int address, int length, List<ReadItem> items) {
    return new ReadBlock(
        place, address, length, List.copyOf(items), Request.read(place.table(), address, length));
  }

  /** A block for one item alone. */
  static ReadBlock of(ReadItem item) {
    return new ReadBlock(
        item.place(), item.address(), item.length(), List.of(item), item.channel().request());
  }

  int end() {
    return address + length;
  }

  /** Cuts it between two items, as near to the middle as can be; empty when they all overlap. */
  Optional<Halves> halves() {
    int best = 0;
    int end = items.get(0).address() + items.get(0).length();
    for (int i = 1; i < items.size(); i++) {
      boolean between = items.get(i).address() >= end;
      if (between && Math.abs(2 * i - items.size()) <= Math.abs(2 * best - items.size())) {
        best = i;
      }
      end = Math.max(end, items.get(i).address() + items.get(i).length());
    }
    return best == 0
        ? Optional.empty()
        : Optional.of(new Halves(part(0, best), part(best, items.size())));
  }

  private ReadBlock part(int from, int to) {
    List<ReadItem> some = items.subList(from, to);
    int first = some.get(0).address();
    int last = some.stream().mapToInt(item -> item.address() + item.length()).max().orElse(first);
    return of(place, first, last - first, some);
  }
}

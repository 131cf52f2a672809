package org.penstock.driver.modbus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.kura.channel.ChannelRecord;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.kit.RequestGroup;
import org.penstock.driver.modbus.codec.Notation;
import org.penstock.driver.modbus.codec.Table;

/**
 * Channels compiled into the fewest requests that the units bear, as far as that is known.
 *
 * @param records in the order given
 * @param items all that can be read as configured
 * @param blocks what is asked for at each read
 * @param refused items that a unit has refused before; asked for alone, now and then
 * @param faults records that cannot be read as configured, with the reason
 * @param version of the lessons that it heeds
 */
record ReadPlan(
    List<ChannelRecord> records,
    List<ReadItem> items,
    List<ReadBlock> blocks,
    List<ReadItem> refused,
    Map<ChannelRecord, DriverException> faults,
    int version) {

  /**
   * What the units bear.
   *
   * @param registers the most in one request
   * @param bits the most in one request
   * @param gap unused registers worth reading along, sixteen times as many bits; -1: as many as the
   *     link says
   * @param forbidden never read along
   */
  record Limits(int registers, int bits, int gap, List<Forbidden> forbidden) {

    int longest(Table table) {
      return Math.min(table.longestRead(), table.bits() ? bits : registers);
    }

    int gap(Place place, Lessons lessons) {
      int registers = gap < 0 ? lessons.gap(place.unit()) : gap;
      return place.table().bits() ? 16 * registers : registers;
    }
  }

  static ReadPlan of(
      List<ChannelRecord> records, Notation notation, Limits limits, Lessons lessons) {
    Map<ChannelRecord, DriverException> faults = new IdentityHashMap<>();
    List<ReadItem> items = new ArrayList<>();
    for (ChannelRecord record : records) {
      try {
        items.add(new ReadItem(record, ModbusChannel.of(record, notation)));
      } catch (DriverException fault) {
        faults.put(record, fault);
      }
    }
    return of(List.copyOf(records), List.copyOf(items), faults, limits, lessons);
  }

  /** The same channels, heeding what was learned since. */
  ReadPlan again(Limits limits, Lessons lessons) {
    return of(records, items, faults, limits, lessons);
  }

  private static ReadPlan of(
      List<ChannelRecord> records,
      List<ReadItem> items,
      Map<ChannelRecord, DriverException> faults,
      Limits limits,
      Lessons lessons) {
    int version = lessons.version();
    Map<Place, List<ReadItem>> places = new TreeMap<>();
    List<ReadBlock> blocks = new ArrayList<>();
    List<ReadItem> refused = new ArrayList<>();
    for (ReadItem item : items) {
      if (lessons.refusal(item.place(), item.address()).isPresent()) {
        refused.add(item);
      } else if (item.channel().alone() || !item.channel().table().merges()) {
        blocks.add(ReadBlock.of(item));
      } else {
        places.computeIfAbsent(item.place(), place -> new ArrayList<>()).add(item);
      }
    }
    places.forEach((place, all) -> blocks.addAll(blocks(place, all, limits, lessons)));
    return new ReadPlan(records, items, List.copyOf(blocks), List.copyOf(refused), faults, version);
  }

  private static List<ReadBlock> blocks(
      Place place, List<ReadItem> items, Limits limits, Lessons lessons) {
    int longest = Math.min(limits.longest(place.table()), lessons.longest(place));
    List<ReadBlock> blocks = new ArrayList<>();
    for (List<ReadItem> part : parts(place, items, limits, lessons)) {
      RequestGroup.group(
              part, ReadItem::address, ReadItem::length, longest, limits.gap(place, lessons))
          .forEach(
              group ->
                  blocks.add(ReadBlock.of(place, group.address(), group.length(), group.items())));
    }
    return blocks;
  }

  /** Cuts the items where no request may go on. */
  private static List<List<ReadItem>> parts(
      Place place, List<ReadItem> items, Limits limits, Lessons lessons) {
    List<Integer> cuts = lessons.cuts(place);
    List<Forbidden> forbidden =
        limits.forbidden().stream().filter(range -> range.concerns(place)).toList();
    if (cuts.isEmpty() && forbidden.isEmpty()) {
      return List.of(items);
    }
    List<ReadItem> sorted = new ArrayList<>(items);
    sorted.sort(Comparator.comparingInt(ReadItem::address));
    List<List<ReadItem>> parts = new ArrayList<>();
    int end = -1;
    int cut = 0;
    for (ReadItem item : sorted) {
      boolean cutHere = false;
      while (cut < cuts.size() && cuts.get(cut) <= item.address()) {
        cut++;
        cutHere = true;
      }
      int from = end;
      boolean gapForbidden =
          forbidden.stream().anyMatch(range -> range.within(from, item.address()));
      if (parts.isEmpty() || (cutHere || gapForbidden) && item.address() >= end) {
        parts.add(new ArrayList<>());
      }
      parts.get(parts.size() - 1).add(item);
      end = Math.max(end, item.address() + item.length());
    }
    return parts;
  }
}

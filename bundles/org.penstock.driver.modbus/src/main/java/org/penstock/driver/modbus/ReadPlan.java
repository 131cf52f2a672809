package org.penstock.driver.modbus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.kura.channel.ChannelRecord;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.kit.RequestGroup;
import org.penstock.driver.modbus.codec.Notation;
import org.penstock.driver.modbus.codec.Table;

/**
 * Channels compiled into the fewest requests.
 *
 * @param records in the order given
 * @param blocks what is asked for
 * @param faults records that cannot be read as configured, with the reason
 */
record ReadPlan(
    List<ChannelRecord> records,
    List<ReadBlock> blocks,
    Map<ChannelRecord, DriverException> faults) {

  /**
   * What the units bear.
   *
   * @param registers the most in one request
   * @param bits the most in one request
   * @param gap unused registers worth reading along; sixteen times as many bits
   */
  record Limits(int registers, int bits, int gap) {

    int longest(Table table) {
      return Math.min(table.longestRead(), table.bits() ? bits : registers);
    }

    int gap(Table table) {
      return table.bits() ? 16 * gap : gap;
    }
  }

  private record Place(int unit, Table table) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byUnit = Integer.compare(unit, other.unit);
      return byUnit != 0 ? byUnit : table.compareTo(other.table);
    }
  }

  static ReadPlan of(List<ChannelRecord> records, Notation notation, Limits limits) {
    Map<ChannelRecord, DriverException> faults = new java.util.IdentityHashMap<>();
    Map<Place, List<ReadItem>> places = new TreeMap<>();
    List<ReadBlock> blocks = new ArrayList<>();
    for (ChannelRecord record : records) {
      try {
        ModbusChannel channel = ModbusChannel.of(record, notation);
        ReadItem item = new ReadItem(record, channel);
        if (channel.alone()) {
          blocks.add(
              ReadBlock.of(
                  channel.unit(), channel.table(), item.address(), item.length(), List.of(item)));
        } else {
          places
              .computeIfAbsent(
                  new Place(channel.unit(), channel.table()), place -> new ArrayList<>())
              .add(item);
        }
      } catch (DriverException fault) {
        faults.put(record, fault);
      }
    }
    places.forEach((place, items) -> blocks.addAll(blocks(place, items, limits)));
    return new ReadPlan(List.copyOf(records), List.copyOf(blocks), faults);
  }

  private static List<ReadBlock> blocks(Place place, List<ReadItem> items, Limits limits) {
    return RequestGroup.group(
            items,
            ReadItem::address,
            ReadItem::length,
            limits.longest(place.table()),
            limits.gap(place.table()))
        .stream()
        .map(
            group ->
                ReadBlock.of(
                    place.unit(), place.table(), group.address(), group.length(), group.items()))
        .toList();
  }
}

package org.penstock.driver.modbus.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.kura.type.DataType;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.driver.modbus.codec.ByteOrder;
import org.penstock.driver.modbus.codec.DataFormat;
import org.penstock.driver.modbus.codec.Notation;
import org.penstock.driver.modbus.codec.Table;
import org.penstock.driver.modbus.codec.ValueCodec;

/** Which channel stands at which address. Unchangeable. */
final class RegisterMap {

  /**
   * One channel.
   *
   * @param channel its name
   * @param table where it stands
   * @param address of the first register or bit
   * @param format what the registers mean; BOOL in the tables of bits
   * @param order of bytes
   * @param length elements
   * @param writable clients may write it
   */
  record Entry(
      String channel,
      Table table,
      int address,
      DataFormat format,
      ByteOrder order,
      int length,
      boolean writable) {

    int size() {
      return table.bits() ? 1 : format.registers(length);
    }

    ValueCodec codec(DataType type) {
      return new ValueCodec(format, order, length, 0, type);
    }
  }

  private final Map<Table, NavigableMap<Integer, Entry>> tables = new TreeMap<>();

  /**
   * As configured: a line for each channel, {@code TABLE address channel [TYPE [ORDER [LENGTH]]]
   * [rw]}.
   *
   * @throws DriverException of kind CONFIGURATION that names line and remedy
   */
  static RegisterMap parse(String text, Notation notation) throws DriverException {
    RegisterMap map = new RegisterMap();
    for (String line : text.split("[\\r\\n;]+")) {
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        map.add(entry(line.strip(), notation), line.strip());
      }
    }
    return map;
  }

  private void add(Entry entry, String line) throws DriverException {
    NavigableMap<Integer, Entry> table =
        tables.computeIfAbsent(entry.table(), key -> new TreeMap<>());
    Map.Entry<Integer, Entry> before = table.lowerEntry(entry.address() + entry.size());
    if (before != null && before.getKey() + before.getValue().size() > entry.address()) {
      throw wrong(line, "overlaps with channel " + before.getValue().channel());
    }
    if (entry.address() + entry.size() > 0x10000) {
      throw wrong(line, "reaches beyond the last address");
    }
    table.put(entry.address(), entry);
  }

  private static Entry entry(String line, Notation notation) throws DriverException {
    List<String> words = new ArrayList<>(List.of(line.split("\\s+")));
    boolean writable = words.get(words.size() - 1).equalsIgnoreCase("rw");
    if (writable) {
      words.remove(words.size() - 1);
    }
    if (words.size() < 3 || words.size() > 6) {
      throw wrong(line, "must be TABLE address channel [TYPE [ORDER [LENGTH]]] [rw]");
    }
    try {
      Table table = Table.valueOf(words.get(0).toUpperCase(java.util.Locale.ROOT));
      DataFormat format =
          table.bits()
              ? DataFormat.BOOL
              : DataFormat.valueOf(words.size() > 3 ? words.get(3) : "INT16");
      ByteOrder order = words.size() > 4 ? ByteOrder.of(words.get(4)) : ByteOrder.ABCD;
      int length = words.size() > 5 ? Integer.parseInt(words.get(5)) : 1;
      int address = notation.parse(words.get(1)).address();
      if (!table.merges() || writable && !table.writable() || length < 1) {
        throw wrong(line, table + " cannot be published, or not be written");
      }
      return new Entry(words.get(2), table, address, format, order, length, writable);
    } catch (IllegalArgumentException wrong) {
      throw wrong(line, String.valueOf(wrong.getMessage()));
    }
  }

  private static DriverException wrong(String line, String problem) {
    return new DriverException(
        ErrorKind.CONFIGURATION, "property register.map, line '" + line + "'", problem);
  }

  /** The channels of which at least one register or bit lies in the range, by address. */
  Collection<Entry> within(Table table, int address, int count) {
    NavigableMap<Integer, Entry> all = tables.getOrDefault(table, new TreeMap<>());
    Map.Entry<Integer, Entry> before = all.floorEntry(address);
    boolean reaches = before != null && before.getKey() + before.getValue().size() > address;
    return all.subMap(reaches ? before.getKey() : address, address + count).values();
  }

  /** The channel that holds exactly this range; empty when it is another's or nobody's. */
  Optional<Entry> at(Table table, int address) {
    return Optional.ofNullable(tables.getOrDefault(table, new TreeMap<>()).get(address));
  }
}

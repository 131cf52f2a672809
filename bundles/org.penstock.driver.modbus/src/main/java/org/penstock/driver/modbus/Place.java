package org.penstock.driver.modbus;

import org.penstock.driver.modbus.codec.Notation;
import org.penstock.driver.modbus.codec.Table;

/**
 * Where channels can be read together.
 *
 * @param unit id
 * @param table of that unit
 */
record Place(int unit, Table table) implements Comparable<Place> {

  /** Unit, table and addresses as the plant's engineers write them, for messages. */
  String at(int address, int length, Notation notation) {
    String where = "unit %d %s".formatted(unit, table);
    if (table == Table.FILE_RECORDS) {
      return where + " " + ModbusChannel.file(address) + "/" + ModbusChannel.fileRecord(address);
    }
    if (!table.merges()) {
      return where;
    }
    String first = where + " " + notation.format(table, address);
    return length == 1 ? first : first + " to " + notation.format(table, address + length - 1);
  }

  @Override
  public int compareTo(Place other) {
    int byUnit = Integer.compare(unit, other.unit);
    return byUnit != 0 ? byUnit : table.compareTo(other.table);
  }
}

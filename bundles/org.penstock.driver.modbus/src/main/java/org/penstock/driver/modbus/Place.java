package org.penstock.driver.modbus;

import org.penstock.driver.modbus.codec.Table;

/**
 * Where channels can be read together.
 *
 * @param unit id
 * @param table of that unit
 */
record Place(int unit, Table table) implements Comparable<Place> {

  @Override
  public int compareTo(Place other) {
    int byUnit = Integer.compare(unit, other.unit);
    return byUnit != 0 ? byUnit : table.compareTo(other.table);
  }
}

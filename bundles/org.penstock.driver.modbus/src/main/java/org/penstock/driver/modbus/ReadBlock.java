package org.penstock.driver.modbus;

import java.util.List;
import org.penstock.driver.modbus.codec.Request;
import org.penstock.driver.modbus.codec.Table;

/**
 * One request and the items that it fetches.
 *
 * @param unit id
 * @param table of all items
 * @param address of the first register or bit
 * @param length in registers or bits
 * @param items by ascending address
 * @param request encoded once
 */
record ReadBlock(
    int unit, Table table, int address, int length, List<ReadItem> items, Request request) {

  static ReadBlock of(int unit, Table table, int address, int length, List<ReadItem> items) {
    return new ReadBlock(
        unit, table, address, length, List.copyOf(items), Request.read(table, address, length));
  }
}

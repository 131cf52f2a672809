package org.penstock.simulator.zigbee.znp;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The stick's non-volatile memory: numbered items, and the extended tables of Z-Stack 3.x.0. Survives power cycles. */
final class ZnpMemory {

  static final int EXTENDED_ADDRESS = 0x0001;
  static final int STARTUP_OPTION = 0x0003;
  static final int NIB = 0x0021;
  static final int EXTENDED_PAN_ID = 0x002D;
  static final int ACTIVE_KEY = 0x003A;
  static final int ALTERNATE_KEY = 0x003B;
  static final int SECURITY_MATERIAL = 0x0075;
  static final int PRECONFIGURED_KEY = 0x0062;
  static final int NETWORK_KEY = 0x0082;
  static final int PAN_ID = 0x0083;
  static final int CHANNELS = 0x0084;
  static final int SEED = 0x0101;

  /** Number of the extended table that holds frame counters. */
  static final int COUNTER_TABLE = 7;

  private final Map<Integer, byte[]> items = new TreeMap<>();
  private final Map<Long, byte[]> tables = new TreeMap<>();

  byte[] item(int id) {
    return items.get(id);
  }

  void item(int id, byte... value) {
    items.put(id, value);
  }

  boolean remove(int id) {
    return items.remove(id) != null;
  }

  void removeTables() {
    tables.clear();
  }

  byte[] row(int item, int sub) {
    return tables.get((long) item << 16 | sub);
  }

  void row(int item, int sub, byte... value) {
    tables.put((long) item << 16 | sub, value);
  }

  boolean removeRow(int item, int sub) {
    return tables.remove((long) item << 16 | sub) != null;
  }

  /** Writes part of a value; false when it is not there or too short. */
  static boolean overwrite(byte[] value, int offset, byte... part) {
    if (value == null || offset + part.length > value.length) {
      return false;
    }
    System.arraycopy(part, 0, value, offset, part.length);
    return true;
  }

  /** A part of a value; null when it is not there. */
  static byte[] part(byte[] value, int offset, int most) {
    if (value == null || offset > value.length) {
      return null;
    }
    return Arrays.copyOfRange(value, offset, Math.min(value.length, offset + most));
  }
}

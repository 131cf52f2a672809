package org.penstock.driver.modbus.codec;

import java.nio.ByteBuffer;

/** CRC-16 of Modbus over Serial Line V1.02, section 6.2.2; sent low byte first. Pure. */
public final class Crc {

  private static final int POLYNOMIAL = 0xa001;
  private static final int[] TABLE = table();

  private Crc() {}

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ POLYNOMIAL;
      }
      table[i] = crc;
    }
    return table;
  }

  /** Of the bytes from one index up to another. */
  public static int of(ByteBuffer bytes, int from, int to) {
    int crc = 0xffff;
    for (int i = from; i < to; i++) {
      crc = crc >> 8 ^ TABLE[(crc ^ bytes.get(i)) & 0xff];
    }
    return crc;
  }
}

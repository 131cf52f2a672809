package org.penstock.driver.zigbee.codec;

import java.util.Arrays;

/**
 * Reads numbers least significant byte first. Reading past the end is an {@link
 * IllegalArgumentException}: the frame is too short. One thread.
 */
public final class ByteReader {

  private final byte[] bytes;
  private int at;

  /** Reads these bytes from the first on. */
  public ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Bytes that are left. */
  public int left() {
    return bytes.length - at;
  }

  /** One byte, 0 to 255. */
  public int u8() {
    return (int) number(1);
  }

  /** Two bytes, 0 to 65535. */
  public int u16() {
    return (int) number(2);
  }

  /** Four bytes, least significant first. */
  public long u32() {
    return number(4);
  }

  /** Eight bytes; an IEEE address. */
  public long u64() {
    return number(8);
  }

  /** An unsigned number of so many bytes, 1 to 8. */
  public long number(int size) {
    need(size);
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (bytes[at++] & 0xffL) << 8 * i;
    }
    return value;
  }

  /** The next bytes as they are. */
  public byte[] bytes(int count) {
    need(count);
    at += count;
    return Arrays.copyOfRange(bytes, at - count, at);
  }

  /** All that is left. */
  public byte[] rest() {
    return bytes(left());
  }

  private void need(int count) {
    if (count > left()) {
      throw new IllegalArgumentException(
          "frame too short: " + count + " bytes wanted at " + at + " of " + bytes.length);
    }
  }
}

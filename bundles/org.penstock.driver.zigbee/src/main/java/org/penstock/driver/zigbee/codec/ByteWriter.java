package org.penstock.driver.zigbee.codec;

import java.util.Arrays;

/** Writes numbers least significant byte first, as ZigBee and ZNP have them. One thread. */
public final class ByteWriter {

  private byte[] out = new byte[32];
  private int length;

  /** One byte. */
  public ByteWriter u8(int value) {
    return number(value, 1);
  }

  /** Two bytes. */
  public ByteWriter u16(int value) {
    return number(value, 2);
  }

  /** Four bytes. */
  public ByteWriter u32(long value) {
    return number(value, 4);
  }

  /** Eight bytes; an IEEE address. */
  public ByteWriter u64(long value) {
    return number(value, 8);
  }

  /** A number of so many bytes, 1 to 8. */
  public ByteWriter number(long value, int size) {
    need(size);
    for (int i = 0; i < size; i++) {
      out[length++] = (byte) (value >> 8 * i);
    }
    return this;
  }

  /** Bytes as they are. */
  public ByteWriter bytes(byte... bytes) {
    need(bytes.length);
    System.arraycopy(bytes, 0, out, length, bytes.length);
    length += bytes.length;
    return this;
  }

  /** All that was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(out, length);
  }

  private void need(int count) {
    if (length + count > out.length) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, length + count));
    }
  }
}

package org.penstock.driver.zigbee.codec;

import java.io.ByteArrayOutputStream;

/** Writes numbers least significant byte first, as ZigBee and ZNP have them. One thread. */
public final class ByteWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** One byte. */
  public ByteWriter u8(int value) {
    out.write(value);
    return this;
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
    for (int i = 0; i < size; i++) {
      out.write((int) (value >> 8 * i));
    }
    return this;
  }

  /** Bytes as they are. */
  public ByteWriter bytes(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** All that was written. */
  public byte[] toBytes() {
    return out.toByteArray();
  }
}

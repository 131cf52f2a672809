package org.penstock.simulator.zigbee.network;

import java.util.Arrays;

/** Reads the octets of a frame, least significant first; what is missing at the end throws {@link ShortFrame}. */
public final class FrameReader {

  /** The frame ends before the field that was asked for. */
  public static final class ShortFrame extends RuntimeException {
    private static final long serialVersionUID = 1;

    ShortFrame(int wanted, int left) {
      super(wanted + " octets wanted, " + left + " left");
    }
  }

  private final byte[] data;
  private int at;

  /** From the first octet. */
  public FrameReader(byte... data) {
    this.data = data;
  }

  /** Octets not read yet. */
  public int left() {
    return data.length - at;
  }

  /** One octet, 0..255. */
  public int u8() {
    return (int) number(1);
  }

  /** Two octets, 0..65535. */
  public int u16() {
    return (int) number(2);
  }

  /** Four octets, 0..2^32-1. */
  public long u32() {
    return number(4);
  }

  /** Eight octets, such as an IEEE address. */
  public long u64() {
    return number(8);
  }

  /** A number of 1..8 octets, unsigned up to seven. */
  public long number(int octets) {
    byte[] field = bytes(octets);
    long value = 0;
    for (int i = octets - 1; i >= 0; i--) {
      value = value << 8 | field[i] & 0xFF;
    }
    return value;
  }

  /** The next octets. */
  public byte[] bytes(int count) {
    if (count < 0 || left() < count) {
      throw new ShortFrame(count, left());
    }
    at += count;
    return Arrays.copyOfRange(data, at - count, at);
  }

  /** All that is left. */
  public byte[] rest() {
    return bytes(left());
  }
}

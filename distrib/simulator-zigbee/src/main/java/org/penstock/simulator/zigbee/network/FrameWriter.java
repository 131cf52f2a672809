package org.penstock.simulator.zigbee.network;

import java.io.ByteArrayOutputStream;

/** Builds the octets of a frame, all numbers least significant octet first as ZigBee, ZNP and EZSP have them. */
public final class FrameWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** One octet, the low eight bits. */
  public FrameWriter u8(int value) {
    out.write(value);
    return this;
  }

  /** Two octets. */
  public FrameWriter u16(int value) {
    return number(value, 2);
  }

  /** Four octets. */
  public FrameWriter u32(long value) {
    return number(value, 4);
  }

  /** Eight octets, such as an IEEE address. */
  public FrameWriter u64(long value) {
    return number(value, 8);
  }

  /** As many low octets of a number as wanted, 1..8. */
  public FrameWriter number(long value, int octets) {
    for (int i = 0; i < octets; i++) {
      out.write((int) (value >>> 8 * i));
    }
    return this;
  }

  /** Octets as they are. */
  public FrameWriter bytes(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** What was written so far, a copy. */
  public byte[] done() {
    return out.toByteArray();
  }
}

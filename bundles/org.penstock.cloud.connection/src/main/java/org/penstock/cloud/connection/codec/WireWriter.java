package org.penstock.cloud.connection.codec;

import java.util.Arrays;

/** Appends protobuf fields to an array that grows. */
final class WireWriter {

  private byte[] bytes;
  private int length;

  WireWriter(int capacity) {
    bytes = new byte[capacity];
  }

  byte[] result() {
    return Arrays.copyOf(bytes, length);
  }

  static int varintSize(long value) {
    return (63 - Long.numberOfLeadingZeros(value | 1)) / 7 + 1;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  void tag(int field, int type) {
    varint((long) field << 3 | type);
  }

  void integer(int field, long value) {
    tag(field, Fields.VARINT);
    varint(value);
  }

  void number(int field, double value) {
    tag(field, Fields.FIXED64);
    littleEndian(Double.doubleToRawLongBits(value), Long.BYTES);
  }

  void number(int field, float value) {
    tag(field, Fields.FIXED32);
    littleEndian(Float.floatToRawIntBits(value), Integer.BYTES);
  }

  private void littleEndian(long bits, int count) {
    room(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) (bits >>> 8 * i);
    }
  }

  void bytes(int field, byte[] value) {
    tag(field, Fields.LENGTH);
    varint(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }
}

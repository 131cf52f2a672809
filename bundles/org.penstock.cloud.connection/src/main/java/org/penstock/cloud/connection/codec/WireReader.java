package org.penstock.cloud.connection.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads protobuf fields from a part of an array. */
final class WireReader {

  private final byte[] bytes;
  private final int end;
  private int at;
  private int field;
  private int type;

  WireReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private WireReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /**
   * Goes to the next field.
   *
   * @return false at the end
   */
  boolean next() throws MalformedPayload {
    if (at == end) {
      return false;
    }
    long tag = varint();
    type = (int) (tag & 7);
    long number = tag >>> 3;
    if (number == 0 || number > 536_870_911) {
      throw new MalformedPayload("field number " + number);
    }
    field = (int) number;
    return true;
  }

  int field() {
    return field;
  }

  private void expect(int wanted) throws MalformedPayload {
    if (type != wanted) {
      throw new MalformedPayload("field " + field + " has wire type " + type);
    }
  }

  private long varint() throws MalformedPayload {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at == end) {
        throw new MalformedPayload("ends within a number");
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedPayload("number too long");
  }

  long integer() throws MalformedPayload {
    expect(Fields.VARINT);
    return varint();
  }

  double float64() throws MalformedPayload {
    expect(Fields.FIXED64);
    return Double.longBitsToDouble(littleEndian(Long.BYTES));
  }

  float float32() throws MalformedPayload {
    expect(Fields.FIXED32);
    return Float.intBitsToFloat((int) littleEndian(Integer.BYTES));
  }

  private long littleEndian(int count) throws MalformedPayload {
    skipBytes(count);
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= (bytes[at - count + i] & 0xffL) << 8 * i;
    }
    return bits;
  }

  private void skipBytes(long count) throws MalformedPayload {
    if (count < 0 || count > end - at) {
      throw new MalformedPayload("ends within field " + field);
    }
    at += (int) count;
  }

  private int length() throws MalformedPayload {
    expect(Fields.LENGTH);
    long length = varint();
    skipBytes(length);
    return (int) length;
  }

  byte[] bytes() throws MalformedPayload {
    int length = length();
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  String text() throws MalformedPayload {
    int length = length();
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, at - length, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedPayload("field " + field + " is not UTF-8");
    }
  }

  WireReader message() throws MalformedPayload {
    int length = length();
    return new WireReader(bytes, at - length, at);
  }

  void skip() throws MalformedPayload {
    switch (type) {
      case Fields.VARINT -> varint();
      case Fields.FIXED64 -> skipBytes(Long.BYTES);
      case Fields.LENGTH -> length();
      case Fields.FIXED32 -> skipBytes(Integer.BYTES);
      default -> throw new MalformedPayload("wire type " + type);
    }
  }
}

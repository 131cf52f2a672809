package org.penstock.simulator.zigbee.network;

/** Lengths and kinds of ZCL data types (ZCL 2.6.2, table 2-10). */
final class DataType {

  static final int BOOLEAN = 0x10;
  static final int BITMAP8 = 0x18;
  static final int BITMAP16 = 0x19;
  static final int U8 = 0x20;
  static final int U16 = 0x21;
  static final int U24 = 0x22;
  static final int U32 = 0x23;
  static final int U48 = 0x25;
  static final int I8 = 0x28;
  static final int I16 = 0x29;
  static final int I24 = 0x2A;
  static final int I32 = 0x2B;
  static final int ENUM8 = 0x30;
  static final int ENUM16 = 0x31;
  static final int OCTETS = 0x41;
  static final int STRING = 0x42;
  static final int IEEE = 0xF0;

  private DataType() {}

  /** Octets of a type of fixed length; -1 when the value tells its own length, -2 when it isn't known here. */
  static int length(int type) {
    if (type >= 0x08 && type <= 0x2F) {
      return type == BOOLEAN ? 1 : type >= 0x11 && type <= 0x17 ? -2 : (type & 7) + 1;
    }
    return switch (type) {
      case 0x00 -> 0;
      case ENUM8 -> 1;
      case ENUM16, 0x38, 0xE8, 0xE9 -> 2;
      case 0x39, 0xE0, 0xE1, 0xE2, 0xEA -> 4;
      case 0x3A, IEEE -> 8;
      case 0xF1 -> 16;
      case OCTETS, STRING, 0x43, 0x44 -> -1;
      default -> -2;
    };
  }

  /** Whether a change can be measured, so that configure reporting carries a reportable change. */
  static boolean isAnalog(int type) {
    return type >= 0x20 && type <= 0x2F
        || type >= 0x38 && type <= 0x3A
        || type >= 0xE0 && type <= 0xE2;
  }

  /** The octets of one value, its own length included where the type has one. */
  static byte[] read(int type, FrameReader in) {
    int length = length(type);
    if (length >= 0) {
      return in.bytes(length);
    }
    if (length == -2) {
      throw new IllegalArgumentException("data type 0x" + Integer.toHexString(type));
    }
    boolean isLong = type == 0x43 || type == 0x44;
    int count = isLong ? in.u16() : in.u8();
    boolean none = count == (isLong ? 0xFFFF : 0xFF);
    byte[] body = in.bytes(none ? 0 : count);
    return new FrameWriter().number(count, isLong ? 2 : 1).bytes(body).done();
  }

  /** A value as a number; signed types keep their sign. */
  static long number(int type, byte... value) {
    if (value.length == 0 || value.length > 8) {
      return 0;
    }
    long number = new FrameReader(value).number(value.length);
    boolean signed = type >= 0x28 && type <= 0x2F;
    int shift = 64 - 8 * value.length;
    return signed ? number << shift >> shift : number;
  }
}

package org.penstock.driver.zigbee.codec;

import java.util.HexFormat;

/**
 * One frame of TI's monitor and test interface (ZNP): {@code FE len cmd0 cmd1 data fcs}, with cmd0 =
 * type &lt;&lt; 5 | subsystem and fcs the exclusive or of all from len on.
 *
 * @param type kind of frame
 * @param subsystem 0 to 31
 * @param command 0 to 255
 * @param data 0 to 250 bytes, numbers least significant byte first
 */
public record ZnpFrame(Type type, int subsystem, int command, byte[] data) {

  /** First byte of each frame. */
  static final int START = 0xFE;

  /** Longest data. */
  static final int MAX_DATA = 250;

  /** Kinds of frames, in the order of their numbers. */
  public enum Type {
    /** Fragment of a longer one; not used by the sticks known. */
    POLL,
    /** A request that is answered by an SRSP of the same numbers. */
    SREQ,
    /** Tells something, expects nothing. */
    AREQ,
    /** Answer to an SREQ. */
    SRSP
  }

  public ZnpFrame {
    if (subsystem < 0 || subsystem > 31 || command < 0 || command > 255) {
      throw new IllegalArgumentException("ZNP subsystem " + subsystem + " command " + command);
    }
    if (data.length > MAX_DATA) {
      throw new IllegalArgumentException("ZNP data of " + data.length + " bytes, 250 at most");
    }
  }

  /** A request. */
  public static ZnpFrame sreq(int subsystem, int command, byte... data) {
    return new ZnpFrame(Type.SREQ, subsystem, command, data);
  }

  /** Whether it is of this type, subsystem and command. */
  public boolean is(Type wanted, int wantedSubsystem, int wantedCommand) {
    return type == wanted && subsystem == wantedSubsystem && command == wantedCommand;
  }

  /** The bytes on the line. */
  public byte[] encode() {
    byte[] bytes = new byte[data.length + 5];
    bytes[0] = (byte) START;
    bytes[1] = (byte) data.length;
    bytes[2] = (byte) (type.ordinal() << 5 | subsystem);
    bytes[3] = (byte) command;
    System.arraycopy(data, 0, bytes, 4, data.length);
    bytes[bytes.length - 1] = checksum(bytes, 1, bytes.length - 1);
    return bytes;
  }

  static byte checksum(byte[] bytes, int from, int to) {
    byte sum = 0;
    for (int i = from; i < to; i++) {
      sum ^= bytes[i];
    }
    return sum;
  }

  @Override
  public String toString() {
    return "%s %02x %02x %s".formatted(type, subsystem, command, HexFormat.of().formatHex(data));
  }
}

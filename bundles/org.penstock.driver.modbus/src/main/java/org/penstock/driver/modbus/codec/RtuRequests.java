package org.penstock.driver.modbus.codec;

/** Where a request in RTU framing ends, for servers. Pure. */
public final class RtuRequests {

  /** Not to be known. */
  public static final int UNKNOWN = -1;

  private RtuRequests() {}

  /**
   * The length with unit id and CRC; 0 when more bytes are needed.
   *
   * @param count bytes that are there
   */
  public static int length(byte[] bytes, int count) {
    if (count < 2) {
      return 0;
    }
    return switch (bytes[1] & 0xff) {
      case 1, 2, 3, 4, 5, 6, 8 -> 8;
      case 7, 11, 12, 17 -> 4;
      case 15, 16 -> count < 7 ? 0 : 9 + (bytes[6] & 0xff);
      case 20, 21 -> count < 3 ? 0 : 5 + (bytes[2] & 0xff);
      case 22 -> 10;
      case 23 -> count < 11 ? 0 : 13 + (bytes[10] & 0xff);
      case 24 -> 6;
      case 43 -> 7;
      default -> UNKNOWN;
    };
  }
}

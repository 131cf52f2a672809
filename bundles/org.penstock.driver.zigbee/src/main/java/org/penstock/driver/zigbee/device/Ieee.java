package org.penstock.driver.zigbee.device;

/** IEEE addresses as text: 0x and 16 hexadecimal digits, most significant first. */
public final class Ieee {

  private Ieee() {}

  /**
   * Reads an address, with or without 0x, colons or dashes.
   *
   * @throws IllegalArgumentException when it has not 16 hexadecimal digits
   */
  public static long parse(String text) {
    String digits = text.strip().replaceFirst("^0[xX]", "").replaceAll("[:-]", "");
    if (!digits.matches("[0-9a-fA-F]{16}")) {
      throw new IllegalArgumentException("'" + text + "' is no IEEE address of 16 digits");
    }
    return Long.parseUnsignedLong(digits, 16);
  }

  /** The text of an address. */
  public static String text(long address) {
    return "0x%016x".formatted(address);
  }
}

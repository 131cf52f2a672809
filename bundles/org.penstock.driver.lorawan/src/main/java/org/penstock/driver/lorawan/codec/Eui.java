package org.penstock.driver.lorawan.codec;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;

/**
 * An EUI-64: of a device (DevEUI), a join server (JoinEUI, once AppEUI) or a gateway.
 *
 * @param value most significant byte first, as people write it
 */
public record Eui(long value) implements Comparable<Eui> {

  /**
   * From 16 hexadecimal digits, most significant first; colons, hyphens and blanks are ignored.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Eui parse(String text) {
    String digits = text.replaceAll("[:\\-\\s]", "").toLowerCase(Locale.ROOT);
    if (!digits.matches("[0-9a-f]{16}")) {
      throw new IllegalArgumentException("'" + text + "' is no EUI of 16 hexadecimal digits");
    }
    return new Eui(HexFormat.fromHexDigitsToLong(digits));
  }

  @Override
  public int compareTo(Eui other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** With hyphens between the bytes. */
  public String dashed() {
    return HexFormat.ofDelimiter("-").formatHex(ByteBuffer.allocate(8).putLong(value).array());
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}

package org.penstock.driver.lorawan.codec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How bits go through the air.
 *
 * @param factor spreading factor 5 to 12 of LoRa; 0 for FSK
 * @param kilohertz bandwidth of LoRa, 125, 250 or 500; 0 for FSK
 * @param bits a second of FSK; 0 for LoRa
 */
public record Modulation(int factor, int kilohertz, int bits) {

  private static final Pattern LORA = Pattern.compile("SF(1[0-2]|[5-9])BW(125|250|500)");
  private static final Pattern FSK = Pattern.compile("FSK(\\d{3,6})");

  /** LoRa. */
  public static Modulation lora(int factor, int kilohertz) {
    return new Modulation(factor, kilohertz, 0);
  }

  /**
   * From {@code SF7BW125} or {@code FSK50000}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static Modulation parse(String text) {
    Matcher lora = LORA.matcher(text);
    if (lora.matches()) {
      return lora(Integer.parseInt(lora.group(1)), Integer.parseInt(lora.group(2)));
    }
    Matcher fsk = FSK.matcher(text);
    if (!fsk.matches()) {
      throw new IllegalArgumentException("'" + text + "' is neither SF<n>BW<kHz> nor FSK<bit/s>");
    }
    return new Modulation(0, 0, Integer.parseInt(fsk.group(1)));
  }

  /** LoRa, not FSK. */
  public boolean isLora() {
    return factor > 0;
  }

  /**
   * Time on air in microseconds.
   *
   * @param bytes of the whole PHYPayload
   * @param up uplinks carry a checksum
   */
  public long airMicros(int bytes, boolean up) {
    return isLora() ? AirTime.lora(bytes, factor, kilohertz, up) : AirTime.fsk(bytes, bits);
  }

  /** Signal to noise in dB below which nothing can be understood. */
  public double floor() {
    return isLora() ? -7.5 - 2.5 * (factor - 7) : 0;
  }

  @Override
  public String toString() {
    return isLora() ? "SF" + factor + "BW" + kilohertz : "FSK" + bits;
  }
}

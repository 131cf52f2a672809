package org.penstock.driver.lorawan.codec;

/** What a frame is: the upper three bits of MHDR (LoRaWAN 1.0.3 section 4.2.1), by ordinal. */
public enum MessageType {
  /** A device wants to join. */
  JOIN_REQUEST,
  /** It may. */
  JOIN_ACCEPT,
  /** Data from a device. */
  UNCONFIRMED_UP,
  /** Data to a device. */
  UNCONFIRMED_DOWN,
  /** Data from a device that wants an answer. */
  CONFIRMED_UP,
  /** Data to a device that is to be answered. */
  CONFIRMED_DOWN,
  /** LoRaWAN 1.1 only. */
  REJOIN_REQUEST,
  /** Somebody's own. */
  PROPRIETARY;

  private static final MessageType[] ALL = values();

  static MessageType of(int mhdr) {
    return ALL[mhdr >> 5 & 7];
  }

  /** Data, whatever its direction. */
  public boolean data() {
    return ordinal() >= UNCONFIRMED_UP.ordinal() && ordinal() <= CONFIRMED_DOWN.ordinal();
  }

  /** From a device. */
  public boolean uplink() {
    return this == UNCONFIRMED_UP || this == CONFIRMED_UP || this == JOIN_REQUEST;
  }

  /** Data that wants an answer. */
  public boolean confirmed() {
    return this == CONFIRMED_UP || this == CONFIRMED_DOWN;
  }
}

package org.penstock.link.serial;

import java.util.Objects;

/**
 * How a serial line is driven.
 *
 * @param device path or name, for example {@code /dev/ttyUSB0}
 * @param baud bits per second
 * @param dataBits 5 to 8
 * @param parity of each character
 * @param stopBits after each character
 * @param flow control
 * @param rs485 the driver of the operating system switches the direction of a two-wire line
 */
public record SerialSettings(
    String device,
    int baud,
    int dataBits,
    Parity parity,
    StopBits stopBits,
    FlowControl flow,
    boolean rs485) {

  /** Parity bit. */
  public enum Parity {
    /** No parity bit. */
    NONE,
    /** An even number of ones. */
    EVEN,
    /** An odd number of ones. */
    ODD,
    /** Always one. */
    MARK,
    /** Always zero. */
    SPACE
  }

  /** Stop bits. */
  public enum StopBits {
    /** One. */
    ONE,
    /** One and a half. */
    ONE_AND_A_HALF,
    /** Two. */
    TWO
  }

  /** Flow control. */
  public enum FlowControl {
    /** None. */
    NONE,
    /** RTS and CTS wires. */
    RTS_CTS,
    /** XON and XOFF characters; not for binary protocols. */
    XON_XOFF
  }

  public SerialSettings {
    Objects.requireNonNull(parity);
    Objects.requireNonNull(stopBits);
    Objects.requireNonNull(flow);
    if (device.isBlank()) {
      throw new IllegalArgumentException("the serial device has no name");
    }
    if (baud < 50 || baud > 4_000_000 || dataBits < 5 || dataBits > 8) {
      throw new IllegalArgumentException(baud + " baud with " + dataBits + " data bits");
    }
  }

  /** Bits that one character takes on the line, start and stop bits included. */
  public double bitsPerCharacter() {
    double stop =
        switch (stopBits) {
          case ONE -> 1;
          case ONE_AND_A_HALF -> 1.5;
          case TWO -> 2;
        };
    return 1 + dataBits + (parity == Parity.NONE ? 0 : 1) + stop;
  }

  /** Nanoseconds that so many characters take on the line. */
  public long nanosFor(double characters) {
    return Math.round(characters * bitsPerCharacter() * 1e9 / baud);
  }
}

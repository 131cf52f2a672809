package org.penstock.driver.modbus.codec;

import java.util.Optional;

/** The exception codes (Modbus Application Protocol V1.1b3, section 7), in words. */
public enum ModbusError {
  /** The unit does not know this function. */
  ILLEGAL_FUNCTION(1, "the unit does not know function %d; choose another table or access"),
  /** An address does not exist. */
  ILLEGAL_ADDRESS(2, "the unit has no such address; check the address and the notation"),
  /** A quantity or value is not allowed. */
  ILLEGAL_VALUE(3, "the unit does not accept this quantity or value"),
  /** The unit failed while doing it. */
  DEVICE_FAILURE(4, "the unit failed while doing it"),
  /** It takes long and is under way. */
  ACKNOWLEDGE(5, "the unit needs longer; ask again later"),
  /** Busy. */
  DEVICE_BUSY(6, "the unit is busy; ask again later"),
  /** Refused a program function. */
  NEGATIVE_ACKNOWLEDGE(7, "the unit refuses"),
  /** Parity error in its memory. */
  MEMORY_PARITY(8, "the unit reports a parity error of its memory"),
  /** A gateway has no way to it. */
  GATEWAY_PATH(10, "the gateway has no path to this unit id; check the gateway's set-up"),
  /** A gateway got no answer from it. */
  GATEWAY_NO_ANSWER(11, "the unit does not answer its gateway; check unit id and wiring");

  private final int code;
  private final String text;

  ModbusError(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** The error with this code, when it is one of the specification. */
  public static Optional<ModbusError> of(int code) {
    for (ModbusError error : values()) {
      if (error.code == code) {
        return Optional.of(error);
      }
    }
    return Optional.empty();
  }

  /** The code on the wire. */
  public int code() {
    return code;
  }

  /** Worth trying again without a change of configuration. */
  public boolean retriable() {
    return this == DEVICE_FAILURE
        || this == ACKNOWLEDGE
        || this == DEVICE_BUSY
        || this == MEMORY_PARITY
        || isAbsence();
  }

  /** Says that the addresses or their number are to blame. */
  public boolean blamesAddresses() {
    return this == ILLEGAL_ADDRESS || this == ILLEGAL_VALUE;
  }

  /** Said by a gateway for a unit that is not there. */
  public boolean isAbsence() {
    return this == GATEWAY_PATH || this == GATEWAY_NO_ANSWER;
  }

  /**
   * Code and meaning in words.
   *
   * @param function that was asked for
   */
  public static String describe(int code, int function) {
    String words = of(code).map(error -> error.text.formatted(function)).orElse("unknown reason");
    return "exception %d: %s".formatted(code, words);
  }
}

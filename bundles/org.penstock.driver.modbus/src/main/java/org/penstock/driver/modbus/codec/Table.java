package org.penstock.driver.modbus.codec;

/** The four tables of a unit, each with addresses 0 to 65535. */
public enum Table {
  /** Bits that can be read and written. */
  COILS(1, true, 0),
  /** Bits that can only be read. */
  DISCRETE_INPUTS(2, true, 1),
  /** Registers of 16 bits that can only be read. */
  INPUT_REGISTERS(4, false, 3),
  /** Registers of 16 bits that can be read and written. */
  HOLDING_REGISTERS(3, false, 4);

  private final int readFunction;
  private final boolean bits;
  private final int digit;

  Table(int readFunction, boolean bits, int digit) {
    this.readFunction = readFunction;
    this.bits = bits;
    this.digit = digit;
  }

  /** Code of the function that reads it. */
  public int readFunction() {
    return readFunction;
  }

  /** Whether an address holds one bit; else it holds 16. */
  public boolean bits() {
    return bits;
  }

  /** Whether it can be written. */
  public boolean writable() {
    return this == COILS || this == HOLDING_REGISTERS;
  }

  /** The leading digit in 4xxxx notation. */
  public int digit() {
    return digit;
  }

  /** The most values that one read may ask for (Modbus Application Protocol V1.1b3, 6.1 to 6.4). */
  public int longestRead() {
    return bits ? 2000 : 125;
  }
}

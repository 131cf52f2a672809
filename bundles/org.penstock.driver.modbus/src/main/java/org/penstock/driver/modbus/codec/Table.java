package org.penstock.driver.modbus.codec;

/** Where a value of a unit stands: the four tables, each with addresses 0 to 65535, and other places. */
public enum Table {
  /** Bits that can be read and written. */
  COILS(1, Kind.BITS, 0),
  /** Bits that can only be read. */
  DISCRETE_INPUTS(2, Kind.BITS, 1),
  /** Registers of 16 bits that can only be read. */
  INPUT_REGISTERS(4, Kind.REGISTERS, 3),
  /** Registers of 16 bits that can be read and written. */
  HOLDING_REGISTERS(3, Kind.REGISTERS, 4),
  /** Records of 16 bits in numbered files, read and written. */
  FILE_RECORDS(20, Kind.OTHER, 6),
  /** A queue of registers, read without taking anything out. */
  FIFO_QUEUE(24, Kind.OTHER, -1),
  /** Eight bits of exception status. */
  EXCEPTION_STATUS(7, Kind.OTHER, -1),
  /** A diagnostic counter or register, by number of its sub-function. */
  DIAGNOSTICS(8, Kind.OTHER, -1),
  /** The count of events. */
  EVENT_COUNTER(11, Kind.OTHER, -1),
  /** What the unit says of itself by function 17. */
  SERVER_ID(17, Kind.OTHER, -1),
  /** What the unit says of itself by function 43/14, by number of the object. */
  IDENTIFICATION(43, Kind.OTHER, -1);

  private enum Kind {
    BITS,
    REGISTERS,
    OTHER
  }

  private final int readFunction;
  private final Kind kind;
  private final int digit;

  Table(int readFunction, Kind kind, int digit) {
    this.readFunction = readFunction;
    this.kind = kind;
    this.digit = digit;
  }

  /** Code of the function that reads it. */
  public int readFunction() {
    return readFunction;
  }

  /** Whether an address holds one bit. */
  public boolean bits() {
    return kind == Kind.BITS;
  }

  /** Whether one request can read neighbours together. */
  public boolean merges() {
    return kind != Kind.OTHER;
  }

  /** Whether it can be written. */
  public boolean writable() {
    return this == COILS || this == HOLDING_REGISTERS || this == FILE_RECORDS;
  }

  /** The leading digit in 4xxxx notation, -1 when there is none. */
  public int digit() {
    return digit;
  }

  /** The most values that one read may ask for (Modbus Application Protocol V1.1b3, 6.1 to 6.4). */
  public int longestRead() {
    return bits() ? 2000 : 125;
  }
}

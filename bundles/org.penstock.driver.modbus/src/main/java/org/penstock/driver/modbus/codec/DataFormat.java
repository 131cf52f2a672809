package org.penstock.driver.modbus.codec;

/** What the bits or registers of a channel mean. */
public enum DataFormat {
  /** A coil or input, or one bit of a register. */
  BOOL(2),
  /** Signed, in the high byte of a register. */
  INT8_HIGH(2),
  /** Signed, in the low byte of a register. */
  INT8_LOW(2),
  /** Unsigned, in the high byte of a register. */
  UINT8_HIGH(2),
  /** Unsigned, in the low byte of a register. */
  UINT8_LOW(2),
  /** Signed, one register. */
  INT16(2),
  /** Unsigned, one register. */
  UINT16(2),
  /** Signed, two registers. */
  INT32(4),
  /** Unsigned, two registers. */
  UINT32(4),
  /** Signed, four registers. */
  INT64(8),
  /** Unsigned, four registers. */
  UINT64(8),
  /** IEEE 754 half precision, one register. */
  FLOAT16(2),
  /** IEEE 754 single precision, two registers. */
  FLOAT32(4),
  /** IEEE 754 double precision, four registers. */
  FLOAT64(8),
  /** Four decimal digits. */
  BCD16(2),
  /** Eight decimal digits. */
  BCD32(4),
  /** Text, two characters in each register; the length counts characters. */
  STRING(1),
  /** Bytes as they come; the length counts bytes. */
  RAW(1);

  private final int size;

  DataFormat(int size) {
    this.size = size;
  }

  /** Bytes that one element takes. */
  public int size() {
    return size;
  }

  /** Text or bytes rather than numbers. */
  public boolean block() {
    return this == STRING || this == RAW;
  }

  /** Less than a register. */
  public boolean part() {
    return this == BOOL
        || this == INT8_HIGH
        || this == INT8_LOW
        || this == UINT8_HIGH
        || this == UINT8_LOW;
  }

  /** Registers that so many elements take. */
  public int registers(int length) {
    return (size * length + 1) / 2;
  }
}

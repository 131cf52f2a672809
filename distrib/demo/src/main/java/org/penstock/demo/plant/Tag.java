package org.penstock.demo.plant;

import java.util.function.ToDoubleFunction;

/**
 * One value of the station as Modbus shows it.
 *
 * @param name of the channel
 * @param unitOfMeasure for people
 * @param unit id: 1 the station, 2 and 3 the pumps
 * @param table in which it stands
 * @param address zero-based
 * @param format of the bits or registers
 * @param value at a moment; a bit is 0 or 1
 */
public record Tag(
    String name,
    String unitOfMeasure,
    int unit,
    Table table,
    int address,
    Format format,
    ToDoubleFunction<Scene> value) {

  /**
   * A moment.
   *
   * @param station how it stands
   * @param commands what was set
   */
  public record Scene(Station station, Commands commands) {}

  /** Modbus tables, with the code of the function that reads them. */
  public enum Table {
    /** Bits that operators set. */
    COILS(1),
    /** Bits that are only read. */
    DISCRETE_INPUTS(2),
    /** Registers that operators set. */
    HOLDING_REGISTERS(3),
    /** Registers that are only read. */
    INPUT_REGISTERS(4);

    private final int function;

    Table(int function) {
      this.function = function;
    }

    /** Code of the function that reads it. */
    public int function() {
      return function;
    }

    /** Operators may write. */
    public boolean isWritable() {
      return this == COILS || this == HOLDING_REGISTERS;
    }
  }

  /** How a value is put into registers, most significant first. */
  public enum Format {
    /** A bit. */
    BOOL(1, "BOOLEAN"),
    /** Unsigned, one register. */
    UINT16(1, "INTEGER"),
    /** Signed, two registers. */
    INT32(2, "INTEGER"),
    /** IEEE 754, two registers. */
    FLOAT32(2, "FLOAT");

    private final int size;
    private final String valueType;

    Format(int size, String valueType) {
      this.size = size;
      this.valueType = valueType;
    }

    /** Registers or bits that it takes. */
    public int size() {
      return size;
    }

    /** Kura's name of the type that a channel gives. */
    public String valueType() {
      return valueType;
    }
  }

  boolean isWithin(int function, int first, int count) {
    return table.function() == function
        && address >= first
        && address + format.size() <= first + count;
  }
}

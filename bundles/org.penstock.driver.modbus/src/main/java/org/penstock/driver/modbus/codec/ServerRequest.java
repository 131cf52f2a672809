package org.penstock.driver.modbus.codec;

import java.util.Arrays;

/**
 * A request as a server sees it. Pure. Clauses as in {@link Request}.
 *
 * @param function code
 * @param table that is read or written
 * @param address first one that is read, or written by a request that only writes
 * @param count that is read, 0 for none
 * @param writeAddress first one that is written
 * @param written values, one for each coil (0 or 1) or register; empty for none
 * @param mask bits of a register that are written; all but for function 22
 */
public record ServerRequest(
    int function, Table table, int address, int count, int writeAddress, int[] written, int mask) {

  private static final int ALL = 0xffff;
  private static final int MOST_COILS = 1968;
  private static final int MOST_REGISTERS = 123;
  private static final int MOST_REGISTERS_OF_23 = 121;

  /** The request cannot be carried out. */
  public static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final ModbusError error;

    /** For this reason. */
    public RefusedException(ModbusError error) {
      super(error.name(), null, false, false);
      this.error = error;
    }

    /** For the answer. */
    public ModbusError error() {
      return error;
    }
  }

  /**
   * Takes a PDU apart.
   *
   * @throws RefusedException when the function is not known or a quantity is wrong
   */
  public static ServerRequest parse(byte[] pdu) throws RefusedException {
    try {
      int function = pdu[0] & 0xff;
      return switch (function) {
        case 1 -> read(pdu, Table.COILS);
        case 2 -> read(pdu, Table.DISCRETE_INPUTS);
        case 3 -> read(pdu, Table.HOLDING_REGISTERS);
        case 4 -> read(pdu, Table.INPUT_REGISTERS);
        case 5 -> coil(pdu);
        case 6 -> write(function, Table.HOLDING_REGISTERS, pdu, 5, new int[] {word(pdu, 3)});
        case 15 -> coils(pdu);
        case 16 -> registers(pdu);
        case 22 -> mask(pdu);
        case 23 -> readWrite(pdu);
        default -> throw new RefusedException(ModbusError.ILLEGAL_FUNCTION);
      };
    } catch (ArrayIndexOutOfBoundsException tooShort) {
      throw new RefusedException(ModbusError.ILLEGAL_VALUE);
    }
  }

  private static int word(byte[] pdu, int at) {
    return (pdu[at] & 0xff) << 8 | pdu[at + 1] & 0xff;
  }

  private static void require(boolean right) throws RefusedException {
    if (!right) {
      throw new RefusedException(ModbusError.ILLEGAL_VALUE);
    }
  }

  private static ServerRequest read(byte[] pdu, Table table) throws RefusedException {
    int count = word(pdu, 3);
    require(pdu.length == 5 && count >= 1 && count <= table.longestRead());
    return new ServerRequest(pdu[0], table, word(pdu, 1), count, 0, new int[0], ALL);
  }

  private static ServerRequest write(
      int function, Table table, byte[] pdu, int length, int[] values) throws RefusedException {
    require(pdu.length == length);
    int address = word(pdu, 1);
    return new ServerRequest(function, table, address, 0, address, values, ALL);
  }

  private static ServerRequest coil(byte[] pdu) throws RefusedException {
    int value = word(pdu, 3);
    require(value == 0 || value == 0xff00);
    return write(5, Table.COILS, pdu, 5, new int[] {value >> 15});
  }

  private static ServerRequest coils(byte[] pdu) throws RefusedException {
    int count = word(pdu, 3);
    int bytes = pdu[5] & 0xff;
    require(count >= 1 && count <= MOST_COILS && bytes == (count + 7) / 8);
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = pdu[6 + i / 8] >> i % 8 & 1;
    }
    return write(15, Table.COILS, pdu, 6 + bytes, values);
  }

  private static ServerRequest registers(byte[] pdu) throws RefusedException {
    int count = word(pdu, 3);
    int bytes = pdu[5] & 0xff;
    require(count >= 1 && count <= MOST_REGISTERS && bytes == 2 * count);
    return write(16, Table.HOLDING_REGISTERS, pdu, 6 + bytes, words(pdu, 6, count));
  }

  private static int[] words(byte[] pdu, int at, int count) {
    int[] values = new int[count];
    Arrays.setAll(values, i -> word(pdu, at + 2 * i));
    return values;
  }

  private static ServerRequest mask(byte[] pdu) throws RefusedException {
    require(pdu.length == 7);
    int address = word(pdu, 1);
    int kept = word(pdu, 3);
    return new ServerRequest(
        22,
        Table.HOLDING_REGISTERS,
        address,
        0,
        address,
        new int[] {word(pdu, 5) & ~kept & ALL},
        ~kept & ALL);
  }

  private static ServerRequest readWrite(byte[] pdu) throws RefusedException {
    int count = word(pdu, 3);
    int writes = word(pdu, 7);
    int bytes = pdu[9] & 0xff;
    require(count >= 1 && count <= 125 && writes >= 1 && writes <= MOST_REGISTERS_OF_23);
    require(bytes == 2 * writes && pdu.length == 10 + bytes);
    return new ServerRequest(
        23,
        Table.HOLDING_REGISTERS,
        word(pdu, 1),
        count,
        word(pdu, 5),
        words(pdu, 10, writes),
        ALL);
  }

  /** The answer with these values read. */
  public byte[] answer(int... values) {
    int bytes = table.bits() ? (values.length + 7) / 8 : 2 * values.length;
    byte[] pdu = new byte[2 + bytes];
    pdu[0] = (byte) function;
    pdu[1] = (byte) bytes;
    for (int i = 0; i < values.length; i++) {
      if (table.bits()) {
        pdu[2 + i / 8] |= (byte) ((values[i] & 1) << i % 8);
      } else {
        pdu[2 + 2 * i] = (byte) (values[i] >> 8);
        pdu[3 + 2 * i] = (byte) values[i];
      }
    }
    return pdu;
  }

  /** The answer to a request that only writes. */
  public static byte[] echo(byte[] request) {
    boolean block = request[0] == 15 || request[0] == 16;
    return block ? Arrays.copyOf(request, 5) : request;
  }

  /** An exception answer. */
  public static byte[] refusal(byte[] request, ModbusError error) {
    return new byte[] {(byte) (request[0] | 0x80), (byte) error.code()};
  }
}

package org.penstock.driver.modbus.codec;

import java.nio.ByteBuffer;

/**
 * A request's PDU with what a good answer to it looks like. Clauses are those of the Modbus
 * Application Protocol V1.1b3. Pure and unchangeable; the bytes are not copied and must not change.
 *
 * @param pdu function code and data, 1 to 253 bytes
 * @param answerLength bytes of a good answer's PDU, or {@link #ANY}
 * @param echo how many bytes of the answer repeat the request's
 */
public record Request(byte[] pdu, int answerLength, int echo) {

  /** The answer's length is told by the answer. */
  public static final int ANY = -1;

  private static final int EXCEPTION = 0x80;

  /** Reads bits or registers (6.1 to 6.4). */
  public static Request read(Table table, int address, int count) {
    int bytes = table.bits() ? (count + 7) / 8 : 2 * count;
    return new Request(head(table.readFunction(), address, count).array(), 2 + bytes, 1);
  }

  /** Writes one coil (6.5). */
  public static Request writeCoil(int address, boolean on) {
    return new Request(head(5, address, on ? 0xff00 : 0).array(), 5, 5);
  }

  /** Writes one register (6.6). */
  public static Request writeRegister(int address, int value) {
    return new Request(head(6, address, value).array(), 5, 5);
  }

  /**
   * Writes coils (6.11).
   *
   * @param bits packed, the first in the least significant bit of the first byte
   */
  public static Request writeCoils(int address, int count, byte[] bits) {
    return block(head(15, address, count, 1 + bits.length), bits);
  }

  /**
   * Writes registers (6.12).
   *
   * @param values two bytes for each register
   */
  public static Request writeRegisters(int address, byte[] values) {
    return block(head(16, address, values.length / 2, 1 + values.length), values);
  }

  /** Changes bits of a register: {@code register & and | or & ~and} (6.16). */
  public static Request maskWrite(int address, int and, int or) {
    byte[] pdu = head(22, address, and, 2).putShort((short) or).array();
    return new Request(pdu, pdu.length, pdu.length);
  }

  private static Request block(ByteBuffer head, byte[] values) {
    return new Request(head.put((byte) values.length).put(values).array(), 5, 5);
  }

  private static ByteBuffer head(int function, int first, int second) {
    return head(function, first, second, 0);
  }

  private static ByteBuffer head(int function, int first, int second, int more) {
    return ByteBuffer.allocate(5 + more)
        .put((byte) function)
        .putShort((short) first)
        .putShort((short) second);
  }

  /** The function code. */
  public int function() {
    return pdu[0] & 0xff;
  }

  /** A repetition does no harm: the request only reads. */
  public boolean repeatable() {
    return function() >= 1 && function() <= 4;
  }

  /**
   * Whether the bytes between position and limit are an undamaged answer to this request, good or
   * an exception. Does not move the buffer.
   */
  public boolean fits(ByteBuffer answer) {
    int at = answer.position();
    int length = answer.remaining();
    if (length >= 1 && (answer.get(at) & 0xff) == (function() | EXCEPTION)) {
      return length == 2;
    }
    if (answerLength != ANY && length != answerLength || length < echo) {
      return false;
    }
    for (int i = 0; i < echo; i++) {
      if (answer.get(at + i) != pdu[i]) {
        return false;
      }
    }
    return !repeatable() || (answer.get(at + 1) & 0xff) == length - 2;
  }

  /** The exception code of an answer that fits, or 0. Does not move the buffer. */
  public static int exception(ByteBuffer answer) {
    int at = answer.position();
    return (answer.get(at) & EXCEPTION) == 0 ? 0 : answer.get(at + 1) & 0xff;
  }
}

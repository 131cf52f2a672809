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

  /** Writes registers, then reads registers, in one transaction (6.17). */
  public static Request writeAndRead(int readAddress, int readCount, int address, byte[] values) {
    ByteBuffer pdu = head(23, readAddress, readCount, 5 + values.length);
    pdu.putShort((short) address).putShort((short) (values.length / 2));
    pdu.put((byte) values.length).put(values);
    return new Request(pdu.array(), 2 + 2 * readCount, 1);
  }

  /** Reads records of a file (6.14). */
  public static Request readFile(int file, int record, int count) {
    ByteBuffer pdu = ByteBuffer.allocate(9).put((byte) 20).put((byte) 7);
    group(pdu, file, record, count);
    return new Request(pdu.array(), 4 + 2 * count, 1);
  }

  /** Writes records of a file (6.15). */
  public static Request writeFile(int file, int record, byte[] values) {
    ByteBuffer pdu = ByteBuffer.allocate(9 + values.length).put((byte) 21);
    pdu.put((byte) (7 + values.length));
    group(pdu, file, record, values.length / 2);
    pdu.put(values);
    return new Request(pdu.array(), pdu.capacity(), pdu.capacity());
  }

  private static void group(ByteBuffer pdu, int file, int record, int count) {
    pdu.put((byte) 6).putShort((short) file).putShort((short) record).putShort((short) count);
  }

  /** Reads a queue of at most 31 registers (6.18). */
  public static Request readQueue(int address) {
    return new Request(
        ByteBuffer.allocate(3).put((byte) 24).putShort((short) address).array(), ANY, 1);
  }

  /** Reads the exception status (6.7). */
  public static Request readExceptionStatus() {
    return new Request(new byte[] {7}, 2, 1);
  }

  /** Diagnostics (6.8); sub-function 0 returns the data, 10 to 18 and 20 are counters. */
  public static Request diagnostics(int subFunction, int data) {
    return new Request(head(8, subFunction, data).array(), 5, 3);
  }

  /** Reads status and count of communication events (6.9). */
  public static Request readEventCounter() {
    return new Request(new byte[] {11}, 5, 1);
  }

  /** Asks the unit what it is (6.13). */
  public static Request readServerId() {
    return new Request(new byte[] {17}, ANY, 1);
  }

  /**
   * Reads device identification (6.21).
   *
   * @param code 1 basic, 2 regular, 3 extended, 4 one object
   * @param object the first, or the one
   */
  public static Request identify(int code, int object) {
    return new Request(new byte[] {43, 14, (byte) code, (byte) object}, ANY, 3);
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
    return switch (function()) {
      case 1, 2, 3, 4, 7, 11, 17, 20, 24, 43 -> true;
      default -> false;
    };
  }

  /**
   * Whether the bytes between position and limit are an undamaged answer to this request, good or
   * an exception. Does not move the buffer.
   */
  public boolean fits(ByteBuffer answer) {
    int at = answer.position();
    int length = answer.remaining();
    if (length >= 1 && (answer.get(at) & 0xff) == (function() | EXCEPTION)) {
      return length == 2 && answer.get(at + 1) != 0;
    }
    if (answerLength != ANY && length != answerLength || length < echo) {
      return false;
    }
    for (int i = 0; i < echo; i++) {
      if (answer.get(at + i) != pdu[i]) {
        return false;
      }
    }
    return counts(answer);
  }

  /** Counts within the answer are those of its bytes. Does not move the buffer. */
  private boolean counts(ByteBuffer answer) {
    int at = answer.position();
    int length = answer.remaining();
    return switch (function()) {
      case 1, 2, 3, 4, 17, 23 -> length > 2 && (answer.get(at + 1) & 0xff) == length - 2;
      case 20 ->
          (answer.get(at + 1) & 0xff) == length - 2 && (answer.get(at + 2) & 0xff) == length - 3;
      case 24 ->
          length >= 5
              && (answer.getShort(at + 1) & 0xffff) == length - 3
              && 2 * (answer.getShort(at + 3) & 0xffff) == length - 5;
      case 43 -> length >= 9 && objectsFit(answer);
      default -> true;
    };
  }

  private static boolean objectsFit(ByteBuffer answer) {
    int end = answer.limit();
    int at = answer.position() + 7;
    for (int left = answer.get(answer.position() + 6) & 0xff; left > 0; left--) {
      if (at + 2 > end) {
        return false;
      }
      at += 2 + (answer.get(at + 1) & 0xff);
    }
    return at == end;
  }

  /** The values of a good answer to a read that fits. Does not move the buffer. */
  public byte[] payload(ByteBuffer answer) {
    int skipped =
        switch (function()) {
          case 7 -> 1;
          case 8, 11 -> 3;
          case 20 -> 4;
          case 24 -> 5;
          case 43 -> 9;
          default -> 2;
        };
    byte[] data = new byte[answer.remaining() - skipped];
    answer.get(answer.position() + skipped, data);
    return function() == 7 ? new byte[] {0, data[0]} : data;
  }

  /** The exception code of an answer that fits, or 0. Does not move the buffer. */
  public static int exception(ByteBuffer answer) {
    int at = answer.position();
    return (answer.get(at) & EXCEPTION) == 0 ? 0 : answer.get(at + 1) & 0xff;
  }
}

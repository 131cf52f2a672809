package org.penstock.driver.modbus.codec;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A colon, unit id and PDU and LRC in hexadecimal, CR LF (Modbus over Serial Line V1.02, section
 * 2.5.2). What stands before the colon is skipped. A complete frame is unpacked within the buffer.
 */
public final class AsciiFraming implements Framing {

  private static final int LONGEST = 513;
  private static final String DIGITS = "0123456789ABCDEF";

  @Override
  public boolean hasTransactions() {
    return false;
  }

  @Override
  public int longest() {
    return LONGEST;
  }

  @Override
  public int characters(int pduLength) {
    return 2 * (pduLength + 2) + 3;
  }

  @Override
  public void encode(ByteBuffer out, int transaction, int unit, byte[] pdu) {
    out.put((byte) ':');
    hex(out, unit);
    int sum = unit;
    for (byte one : pdu) {
      hex(out, one);
      sum += one;
    }
    hex(out, -sum);
    out.put((byte) '\r').put((byte) '\n');
  }

  private static void hex(ByteBuffer out, int value) {
    out.put((byte) DIGITS.charAt(value >> 4 & 0xf)).put((byte) DIGITS.charAt(value & 0xf));
  }

  @Override
  public Optional<Frame> decode(ByteBuffer in) throws DamagedException {
    int start = find(in, in.position(), ':');
    int end = start < 0 ? -1 : find(in, start, '\n');
    if (end < 0) {
      if (in.remaining() >= LONGEST) {
        throw new DamagedException("the answer is no ASCII frame");
      }
      return Optional.empty();
    }
    int again = find(in, start + 1, ':');
    while (again >= 0 && again < end) {
      start = again; // the one before was broken off
      again = find(in, start + 1, ':');
    }
    int digits = end - start - 2;
    if (in.get(end - 1) != '\r' || digits < 6 || digits % 2 != 0) {
      throw new DamagedException("the answer is no ASCII frame");
    }
    int bytes = digits / 2;
    int sum = 0;
    for (int i = 0; i < bytes; i++) {
      int value = digit(in, start + 1 + 2 * i) << 4 | digit(in, start + 2 + 2 * i);
      in.put(start + 1 + i, (byte) value);
      sum += value;
    }
    if ((sum & 0xff) != 0) {
      throw new DamagedException("the answer has a wrong LRC");
    }
    return Optional.of(
        new Frame(Frame.NO_TRANSACTION, in.get(start + 1) & 0xff, start + 2, bytes - 2, end + 1));
  }

  private static int find(ByteBuffer in, int from, char wanted) {
    for (int i = from; i < in.limit(); i++) {
      if (in.get(i) == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static int digit(ByteBuffer in, int at) throws DamagedException {
    int value = Character.digit(in.get(at), 16);
    if (value < 0) {
      throw new DamagedException("the answer is no ASCII frame");
    }
    return value;
  }
}

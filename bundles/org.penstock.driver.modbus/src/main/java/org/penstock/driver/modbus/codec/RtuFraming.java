package org.penstock.driver.modbus.codec;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Unit id, PDU, CRC (Modbus over Serial Line V1.02, section 2.5.1). There is no length: an answer's
 * is told by its function and counts.
 */
public final class RtuFraming implements Framing {

  private static final int LONGEST = 256;
  private static final int EXCEPTION = 0x80;
  private static final int INCOMPLETE = -1;

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
    return pduLength + 3;
  }

  @Override
  public void encode(ByteBuffer out, int transaction, int unit, byte[] pdu) {
    int start = out.position();
    out.put((byte) unit).put(pdu);
    int crc = Crc.of(out, start, out.position());
    out.put((byte) crc).put((byte) (crc >> 8));
  }

  @Override
  public Optional<Frame> decode(ByteBuffer in) throws DamagedException {
    int at = in.position();
    int length = length(in);
    if (length > LONGEST) {
      throw new DamagedException("the answer is too long");
    }
    if (length == INCOMPLETE || in.remaining() < length) {
      return Optional.empty();
    }
    int crc = (in.get(at + length - 1) & 0xff) << 8 | in.get(at + length - 2) & 0xff;
    if (crc != Crc.of(in, at, at + length - 2)) {
      throw new DamagedException("the answer has a wrong CRC");
    }
    return Optional.of(
        new Frame(Frame.NO_TRANSACTION, in.get(at) & 0xff, at + 1, length - 3, at + length));
  }

  /** Bytes of the answer that begins at the position, with unit id and CRC. */
  private static int length(ByteBuffer in) throws DamagedException {
    int left = in.remaining();
    if (left < 3) {
      return INCOMPLETE;
    }
    int at = in.position();
    int function = in.get(at + 1) & 0xff;
    if ((function & EXCEPTION) != 0) {
      return 5;
    }
    return switch (function) {
      case 1, 2, 3, 4, 12, 17, 20, 21, 23 -> 5 + (in.get(at + 2) & 0xff);
      case 5, 6, 8, 11, 15, 16 -> 8;
      case 7 -> 5;
      case 22 -> 10;
      case 24 -> left < 4 ? INCOMPLETE : 6 + (in.getShort(at + 2) & 0xffff);
      case 43 -> identification(in);
      default -> throw new DamagedException("the answer has an unknown function " + function);
    };
  }

  private static int identification(ByteBuffer in) {
    int at = in.position();
    int left = in.remaining();
    if (left < 8) {
      return INCOMPLETE;
    }
    int length = 8;
    for (int objects = in.get(at + 7) & 0xff; objects > 0; objects--) {
      if (left < length + 2) {
        return INCOMPLETE;
      }
      length += 2 + (in.get(at + length + 1) & 0xff);
    }
    return length + 2;
  }
}

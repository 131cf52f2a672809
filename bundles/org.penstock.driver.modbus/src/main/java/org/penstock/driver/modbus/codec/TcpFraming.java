package org.penstock.driver.modbus.codec;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The header of Modbus TCP and UDP (Modbus Messaging on TCP/IP V1.0b, section 3.1.3): transaction id,
 * protocol id 0, length of the rest, unit id.
 */
public final class TcpFraming implements Framing {

  private static final int HEADER = 7;
  private static final int LENGTH_AT = 4;
  private static final int BEFORE_UNIT = 6;
  private static final int LONGEST_PDU = 253;

  @Override
  public boolean hasTransactions() {
    return true;
  }

  @Override
  public int longest() {
    return HEADER + LONGEST_PDU;
  }

  @Override
  public int characters(int pduLength) {
    return HEADER + pduLength;
  }

  @Override
  public void encode(ByteBuffer out, int transaction, int unit, byte[] pdu) {
    out.putShort((short) transaction);
    out.putShort((short) 0);
    out.putShort((short) (pdu.length + 1));
    out.put((byte) unit);
    out.put(pdu);
  }

  @Override
  public Optional<Frame> decode(ByteBuffer in) throws DamagedException {
    int at = in.position();
    if (in.remaining() < BEFORE_UNIT) {
      return Optional.empty();
    }
    int length = in.getShort(at + LENGTH_AT) & 0xffff;
    if (in.getShort(at + 2) != 0 || length < 2 || length > LONGEST_PDU + 1) {
      throw new DamagedException("the answer has no Modbus TCP header");
    }
    if (in.remaining() < BEFORE_UNIT + length) {
      return Optional.empty();
    }
    return Optional.of(
        new Frame(
            in.getShort(at) & 0xffff,
            in.get(at + BEFORE_UNIT) & 0xff,
            at + HEADER,
            length - 1,
            at + BEFORE_UNIT + length));
  }
}

package org.penstock.driver.lorawan.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One datagram of Semtech's UDP protocol, version 2 (PROTOCOL.TXT of the packet forwarder, sections 3
 * to 5). Pure.
 *
 * @param token 0 to 65535; an answer repeats it
 * @param gateway its EUI; null in what goes to a gateway
 * @param json may be empty
 */
public record Datagram(Kind kind, int token, Eui gateway, String json) {

  /** Largest datagram that is looked at, in bytes. */
  public static final int LARGEST = 65_507;

  private static final int VERSION = 2;
  private static final int HEAD = 4;

  /** What it is, by ordinal. */
  public enum Kind {
    /** Receptions and state from a gateway. */
    PUSH_DATA,
    /** Those have come. */
    PUSH_ACK,
    /** A gateway keeps its way open. */
    PULL_DATA,
    /** To be sent. */
    PULL_RESP,
    /** Heard of the way. */
    PULL_ACK,
    /** What a gateway thinks of that which was to be sent. */
    TX_ACK;

    private boolean fromGateway() {
      return this == PUSH_DATA || this == PULL_DATA || this == TX_ACK;
    }
  }

  /**
   * Takes apart what came, from either side.
   *
   * @throws FrameException says what is wrong
   */
  public static Datagram parse(byte[] bytes) throws FrameException {
    if (bytes.length < HEAD || bytes[0] != VERSION) {
      throw new FrameException("no datagram of version 2 of Semtech's protocol");
    }
    int id = bytes[3] & 0xff;
    if (id >= Kind.values().length) {
      throw new FrameException("unknown kind " + id + " of datagram");
    }
    Kind kind = Kind.values()[id];
    ByteBuffer in = ByteBuffer.wrap(bytes).position(1);
    int token = in.getShort() & 0xffff;
    in.get();
    Eui gateway = null;
    if (kind.fromGateway()) {
      if (in.remaining() < Long.BYTES) {
        throw new FrameException(kind + " without the gateway's EUI");
      }
      gateway = new Eui(in.getLong());
    }
    return new Datagram(kind, token, gateway, StandardCharsets.UTF_8.decode(in).toString());
  }

  /** The bytes that travel. */
  public byte[] encode() {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    int eui = gateway == null ? 0 : Long.BYTES;
    ByteBuffer out = ByteBuffer.allocate(HEAD + eui + text.length);
    out.put((byte) VERSION).putShort((short) token).put((byte) kind.ordinal());
    if (gateway != null) {
      out.putLong(gateway.value());
    }
    return out.put(text).array();
  }

  /** The acknowledgement that a gateway waits for. */
  public Datagram acknowledgement() {
    return new Datagram(kind == Kind.PUSH_DATA ? Kind.PUSH_ACK : Kind.PULL_ACK, token, null, "");
  }
}

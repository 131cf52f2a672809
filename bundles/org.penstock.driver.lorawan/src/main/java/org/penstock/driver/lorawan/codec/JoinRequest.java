package org.penstock.driver.lorawan.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A device wants to join (LoRaWAN 1.0.3 section 6.2.4).
 *
 * @param devNonce 0 to 65535
 * @param mic as it stands in the frame, little endian
 */
public record JoinRequest(Eui joinEui, Eui devEui, int devNonce, int mic) implements PhyPayload {

  private static final int LENGTH = 23;

  static JoinRequest parse(ByteBuffer in) throws FrameException {
    if (in.limit() != LENGTH) {
      throw new FrameException("a join-request of " + in.limit() + " bytes, must be " + LENGTH);
    }
    return new JoinRequest(
        new Eui(in.getLong()), new Eui(in.getLong()), in.getShort() & 0xffff, in.getInt());
  }

  /** Everything that the MIC covers. */
  private byte[] covered() {
    return ByteBuffer.allocate(LENGTH - Integer.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0)
        .putLong(joinEui.value())
        .putLong(devEui.value())
        .putShort((short) devNonce)
        .array();
  }

  /** The sender has the key. */
  public boolean signedBy(AesKey appKey) {
    return mic == FrameCrypto.mic(appKey, covered());
  }

  /** The frame's bytes, signed by the key. */
  public static byte[] encode(Eui joinEui, Eui devEui, int devNonce, AesKey appKey) {
    byte[] covered = new JoinRequest(joinEui, devEui, devNonce, 0).covered();
    return FrameCrypto.signed(covered, FrameCrypto.mic(appKey, covered));
  }
}

package org.penstock.driver.lorawan.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A device may join (LoRaWAN 1.0.3 section 6.2.5).
 *
 * @param joinNonce 24 bits
 * @param netId 24 bits
 * @param rx1Offset RX1DROffset, 0 to 7
 * @param rx2DataRate 0 to 15
 * @param rxDelay seconds from the end of an uplink to RX1, 0 to 15; 0 means 1
 * @param cfList 16 bytes, or none
 */
public record JoinAccept(
    int joinNonce,
    int netId,
    int devAddr,
    int rx1Offset,
    int rx2DataRate,
    int rxDelay,
    byte[] cfList) {

  private static final byte MHDR = 0x20;
  private static final int SHORT = 17;
  private static final int LONG = 33;

  /** The bytes that travel: signed, and everything after MHDR enciphered. */
  public byte[] encode(AesKey appKey) {
    ByteBuffer out =
        ByteBuffer.allocate(SHORT - Integer.BYTES + cfList.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MHDR).put(FrameCrypto.three(joinNonce)).put(FrameCrypto.three(netId)).putInt(devAddr);
    out.put((byte) (rx1Offset << 4 | rx2DataRate)).put((byte) rxDelay).put(cfList);
    byte[] clear = FrameCrypto.signed(out.array(), FrameCrypto.mic(appKey, out.array()));
    // The server deciphers, so that a device needs only to encipher.
    byte[] body = appKey.decrypt(Arrays.copyOfRange(clear, 1, clear.length));
    return ByteBuffer.allocate(clear.length).put(MHDR).put(body).array();
  }

  /**
   * Reads one as its device would.
   *
   * @throws FrameException when it is none, or not for the owner of this key
   */
  public static JoinAccept decode(byte[] bytes, AesKey appKey) throws FrameException {
    if (bytes.length != SHORT && bytes.length != LONG || bytes[0] != MHDR) {
      throw new FrameException("no join-accept");
    }
    byte[] body = appKey.encrypt(Arrays.copyOfRange(bytes, 1, bytes.length));
    ByteBuffer in =
        ByteBuffer.allocate(bytes.length).order(ByteOrder.LITTLE_ENDIAN).put(MHDR).put(body);
    byte[] covered = Arrays.copyOf(in.array(), bytes.length - Integer.BYTES);
    if (in.getInt(bytes.length - Integer.BYTES) != FrameCrypto.mic(appKey, covered)) {
      throw new FrameException("wrong MIC of a join-accept");
    }
    return new JoinAccept(
        in.getInt(1) & 0xffffff,
        in.getInt(4) & 0xffffff,
        in.getInt(7),
        in.get(11) >> 4 & 7,
        in.get(11) & 15,
        in.get(12) & 15,
        Arrays.copyOfRange(covered, 13, covered.length));
  }
}

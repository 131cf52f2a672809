package org.penstock.driver.lorawan.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Signatures, ciphers and keys of LoRaWAN 1.0.x (1.0.3 sections 4.3.3, 4.4, 6.2.5). Pure. */
public final class FrameCrypto {

  private FrameCrypto() {}

  /** The MIC of a join-request or join-accept, read as little endian. */
  public static int mic(AesKey appKey, byte[] covered) {
    return first(appKey.cmac(covered));
  }

  /**
   * The MIC of data, read as little endian.
   *
   * @param counter all 32 bits
   */
  public static int mic(AesKey nwkSKey, boolean up, int devAddr, int counter, byte[] covered) {
    return first(nwkSKey.cmac(block(0x49, up, devAddr, counter, covered.length), covered));
  }

  /**
   * FRMPayload ciphered or deciphered, which is the same.
   *
   * @param counter all 32 bits
   */
  public static byte[] cipher(AesKey key, boolean up, int devAddr, int counter, byte[] content) {
    int blocks = (content.length + AesKey.SIZE - 1) / AesKey.SIZE;
    ByteBuffer stream = ByteBuffer.allocate(blocks * AesKey.SIZE);
    for (int i = 1; i <= blocks; i++) {
      stream.put(block(0x01, up, devAddr, counter, i));
    }
    byte[] out = key.encrypt(stream.array());
    for (int i = 0; i < content.length; i++) {
      out[i] ^= content[i];
    }
    return Arrays.copyOf(out, content.length);
  }

  private static byte[] block(int first, boolean up, int devAddr, int counter, int last) {
    return ByteBuffer.allocate(AesKey.SIZE)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) first)
        .putInt(0)
        .put((byte) (up ? 0 : 1))
        .putInt(devAddr)
        .putInt(counter)
        .put((byte) 0)
        .put((byte) last)
        .array();
  }

  /**
   * NwkSKey or AppSKey of a join.
   *
   * @param purpose 1 for NwkSKey, 2 for AppSKey
   * @param joinNonce 24 bits
   * @param netId 24 bits
   * @param devNonce 16 bits
   */
  public static AesKey sessionKey(
      AesKey appKey, int purpose, int joinNonce, int netId, int devNonce) {
    ByteBuffer block = ByteBuffer.allocate(AesKey.SIZE).order(ByteOrder.LITTLE_ENDIAN);
    block.put((byte) purpose);
    block.put(three(joinNonce)).put(three(netId)).putShort((short) devNonce);
    return new AesKey(appKey.encrypt(block.array()));
  }

  /**
   * A session key of a multicast group (TS005 section 4.1).
   *
   * @param purpose 1 for McAppSKey, 2 for McNwkSKey
   */
  public static AesKey multicastKey(AesKey mcKey, int purpose, int mcAddr) {
    ByteBuffer block = ByteBuffer.allocate(AesKey.SIZE).order(ByteOrder.LITTLE_ENDIAN);
    return new AesKey(mcKey.encrypt(block.put((byte) purpose).putInt(mcAddr).array()));
  }

  static byte[] three(int value) {
    return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16)};
  }

  static byte[] signed(byte[] covered, int mic) {
    return ByteBuffer.allocate(covered.length + Integer.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(covered)
        .putInt(mic)
        .array();
  }

  private static int first(byte[] cmac) {
    return ByteBuffer.wrap(cmac).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }
}

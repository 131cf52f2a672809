package org.penstock.driver.lorawan.codec;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * An AES-128 key with the two primitives that LoRaWAN is built of: single blocks, and CMAC (RFC 4493).
 * Any thread may call. Its text never shows the key.
 */
public final class AesKey {

  /** Length of a key and of a block, in bytes. */
  public static final int SIZE = 16;

  private static final int LAST_BIT = 0x87;

  private final SecretKeySpec key;
  private final Cipher encryption;
  private final byte[] whole;
  private final byte[] padded;

  /**
   * A key of {@link #SIZE} bytes; the array is copied.
   *
   * @throws IllegalArgumentException when the length is another
   */
  public AesKey(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("a key has 16 bytes, not " + bytes.length);
    }
    key = new SecretKeySpec(bytes, "AES");
    encryption = cipher(Cipher.ENCRYPT_MODE);
    whole = twice(encrypt(new byte[SIZE]));
    padded = twice(whole);
  }

  /**
   * A key from 32 hexadecimal digits.
   *
   * @throws IllegalArgumentException when it is none; the message does not repeat the text
   */
  public static AesKey parse(String hex) {
    if (!hex.matches("[0-9a-fA-F]{32}")) {
      throw new IllegalArgumentException("a key has 32 hexadecimal digits");
    }
    return new AesKey(HexFormat.of().parseHex(hex));
  }

  /** Encrypts whole blocks, each by itself. */
  public byte[] encrypt(byte[] blocks) {
    try {
      synchronized (encryption) {
        return encryption.doFinal(blocks);
      }
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Decrypts whole blocks, each by itself. */
  public byte[] decrypt(byte[] blocks) {
    try {
      return cipher(Cipher.DECRYPT_MODE).doFinal(blocks);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** AES-CMAC of the parts one after the other; 16 bytes. */
  public byte[] cmac(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    int blocks = Math.max(1, (length + SIZE - 1) / SIZE);
    byte[] message = new byte[blocks * SIZE];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, message, at, part.length);
      at += part.length;
    }
    boolean full = length == message.length;
    if (!full) {
      message[length] = (byte) 0x80;
    }
    xor(message, message.length - SIZE, full ? whole : padded);
    byte[] state = new byte[SIZE];
    for (int i = 0; i < blocks; i++) {
      xor(state, 0, Arrays.copyOfRange(message, i * SIZE, (i + 1) * SIZE));
      state = encrypt(state);
    }
    return state;
  }

  private static void xor(byte[] into, int from, byte[] with) {
    for (int i = 0; i < SIZE; i++) {
      into[from + i] ^= with[i];
    }
  }

  private static byte[] twice(byte[] block) {
    byte[] out = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      int next = i + 1 < SIZE ? (block[i + 1] & 0x80) >> 7 : 0;
      out[i] = (byte) (block[i] << 1 | next);
    }
    if (block[0] < 0) {
      out[SIZE - 1] ^= (byte) LAST_BIT;
    }
    return out;
  }

  private Cipher cipher(int mode) {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(mode, key);
      return cipher;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("this Java has no AES", impossible);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AesKey that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return "key";
  }
}

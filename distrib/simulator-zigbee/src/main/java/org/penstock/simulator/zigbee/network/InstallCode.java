package org.penstock.simulator.zigbee.network;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** The link key that a device and the trust centre make of an install code (Base Device Behaviour 10.1). */
public final class InstallCode {

  private static final int BLOCK = 16;

  private InstallCode() {}

  /**
   * Hash (AES-128, Matyas-Meyer-Oseas) of a code with its two octets of CRC at the end, least significant first; a wrong
   * CRC throws.
   */
  public static byte[] key(byte... code) {
    int body = code.length - 2;
    if (body < 6 || crc(code, body) != ((code[body + 1] & 0xFF) << 8 | code[body] & 0xFF)) {
      throw new IllegalArgumentException("the CRC of the install code is wrong");
    }
    int blocks = (code.length + 3 + BLOCK - 1) / BLOCK;
    byte[] padded = Arrays.copyOf(code, blocks * BLOCK);
    padded[code.length] = (byte) 0x80;
    padded[padded.length - 2] = (byte) (code.length * 8 >> 8);
    padded[padded.length - 1] = (byte) (code.length * 8);
    byte[] hash = new byte[BLOCK];
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      for (int at = 0; at < padded.length; at += BLOCK) {
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(hash, "AES"));
        hash = cipher.doFinal(padded, at, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
          hash[i] ^= padded[at + i];
        }
      }
      return hash;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** CRC-16/X-25. */
  private static int crc(byte[] data, int length) {
    int crc = 0xFFFF;
    for (int i = 0; i < length; i++) {
      crc ^= data[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >> 1 ^ 0x8408 : crc >> 1;
      }
    }
    return ~crc & 0xFFFF;
  }
}

package org.penstock.core.security;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.CipherOutputStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Kura's text form of encrypted text: Base64 of a 12-byte random IV, a hyphen, Base64 of cipher text
 * and 128-bit tag of AES/GCM over UTF-8.
 */
final class AesText {

  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  AesText(SecretKey key) {
    this.key = key;
  }

  String encrypt(byte[] clear) throws GeneralSecurityException {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    Base64.Encoder base64 = Base64.getEncoder();
    return base64.encodeToString(iv)
        + "-"
        + base64.encodeToString(cipher(Cipher.ENCRYPT_MODE, iv).doFinal(clear));
  }

  /** Empty text stays empty; anything else that is not of the form or was changed is refused. */
  byte[] decrypt(String text) throws GeneralSecurityException {
    if (text.isEmpty()) {
      return new byte[0];
    }
    String[] parts = text.split("-", -1);
    if (parts.length != 2) {
      throw new GeneralSecurityException("the text is not of the form <iv>-<cipher text>");
    }
    try {
      byte[] iv = Base64.getDecoder().decode(parts[0]);
      byte[] sealed = Base64.getDecoder().decode(parts[1]);
      return cipher(Cipher.DECRYPT_MODE, iv).doFinal(sealed);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the text is not Base64", e);
    }
  }

  /** Encrypts in pieces what is written; closing it ends the text and closes the destination. */
  OutputStream encrypting(OutputStream destination) throws IOException, GeneralSecurityException {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    destination.write(
        (Base64.getEncoder().encodeToString(iv) + "-").getBytes(StandardCharsets.US_ASCII));
    return new CipherOutputStream(
        Base64.getEncoder().wrap(destination), cipher(Cipher.ENCRYPT_MODE, iv));
  }

  Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
    return cipher;
  }

  static byte[] utf8(char... text) {
    return new String(text).getBytes(StandardCharsets.UTF_8);
  }
}

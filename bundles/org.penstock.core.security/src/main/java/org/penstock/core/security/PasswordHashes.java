package org.penstock.core.security;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Salted slow hashes of passwords, {@code pbkdf2-sha512$<iterations>$<salt>$<hash>} (RFC 8018,
 * section 5.2). The cost stands with each hash, so it can be raised later.
 */
final class PasswordHashes {

  /** OWASP's figure for PBKDF2-HMAC-SHA512 (2023). */
  static final int ITERATIONS = 210_000;

  private static final String SCHEME = "pbkdf2-sha512";
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;

  private PasswordHashes() {}

  static String hash(char[] password, int iterations) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder();
    return SCHEME
        + "$"
        + iterations
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(derive(password, salt, iterations, HASH_BITS));
  }

  static boolean verify(char[] password, String stored) {
    if (!stored.contains("$")) {
      return verifyKura(password, stored);
    }
    String[] parts = stored.split("\\$");
    if (parts.length != 4 || !parts[0].equals(SCHEME)) {
      throw new IllegalArgumentException("unknown form of password hash: " + parts[0]);
    }
    byte[] expected = Base64.getDecoder().decode(parts[3]);
    byte[] salt = Base64.getDecoder().decode(parts[2]);
    byte[] actual = derive(password, salt, Integer.parseInt(parts[1]), expected.length * 8);
    return MessageDigest.isEqual(expected, actual);
  }

  /** The hash is of our form and of today's cost. */
  static boolean isCurrent(String stored) {
    return stored.startsWith(SCHEME + "$" + ITERATIONS + "$");
  }

  /** Kura's form, to be read only: Base64 of one unsalted SHA-256. */
  private static boolean verifyKura(char[] password, String stored) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(StandardCharsets.UTF_8.encode(CharBuffer.wrap(password)));
      byte[] given = Base64.getEncoder().encode(digest.digest());
      return MessageDigest.isEqual(given, stored.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static byte[] derive(char[] password, byte[] salt, int iterations, int bits) {
    PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, bits);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA512", e);
    } finally {
      spec.clearPassword();
    }
  }
}

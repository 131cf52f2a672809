package org.penstock.core.security;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Right passwords of the last 5 minutes by a salted fast hash that is only in memory, so that basic
 * authentication does not cost each request a slow hash.
 */
final class KnownPasswords {

  private static final long KNOWN_NANOS = 300_000_000_000L;
  private static final int MAX_NAMES = 1000;

  private record Known(byte[] fastHash, long until) {}

  private final LongSupplier nanos;
  private final byte[] salt = new byte[16];
  private final Map<String, Known> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MAX_NAMES;
        }
      };

  KnownPasswords(LongSupplier nanos) {
    this.nanos = nanos;
    new SecureRandom().nextBytes(salt);
  }

  synchronized boolean isKnown(String name, char[] password) {
    Known last = known.get(name);
    return last != null
        && last.until() - nanos.getAsLong() > 0
        && MessageDigest.isEqual(last.fastHash(), fastHash(name, password));
  }

  synchronized void learn(String name, char[] password) {
    known.put(name, new Known(fastHash(name, password), nanos.getAsLong() + KNOWN_NANOS));
  }

  synchronized void forget(String name) {
    known.remove(name);
  }

  private byte[] fastHash(String name, char[] password) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(StandardCharsets.UTF_8.encode(CharBuffer.wrap(password)));
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

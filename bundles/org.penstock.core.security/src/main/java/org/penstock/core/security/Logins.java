package org.penstock.core.security;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;

/**
 * Keeps passwords from being guessed and from costing each request a slow hash: after a wrong
 * password a name must wait, longer each time; a right one is known again for 5 minutes by a salted
 * fast hash that is only in memory.
 */
final class Logins {

  private static final long KNOWN_NANOS = 300_000_000_000L;
  private static final long FIRST_WAIT_NANOS = 100_000_000L;
  private static final int MAX_DOUBLINGS = 9;
  private static final int MAX_NAMES = 1000;

  private record Known(byte[] fastHash, long until) {}

  private record Failed(int count, long until) {}

  private final BiPredicate<String, char[]> slowCheck;
  private final LongSupplier nanos;
  private final byte[] salt = new byte[16];
  private final Map<String, Known> known = new HashMap<>();
  private final Map<String, Failed> failed = new HashMap<>();

  Logins(BiPredicate<String, char[]> slowCheck, LongSupplier nanos) {
    this.slowCheck = slowCheck;
    this.nanos = nanos;
    new SecureRandom().nextBytes(salt);
  }

  boolean check(String name, char[] password) {
    byte[] fast = fastHash(name, password);
    synchronized (this) {
      Known last = known.get(name);
      if (last != null
          && last.until() - nanos.getAsLong() > 0
          && MessageDigest.isEqual(last.fastHash(), fast)) {
        return true;
      }
      Failed before = failed.get(name);
      if (before != null && before.until() - nanos.getAsLong() > 0) {
        return false; // not even looked at: guessing costs the guesser, not the box
      }
      boolean right = slowCheck.test(name, password);
      if (right) {
        failed.remove(name);
        known.put(name, new Known(fast, nanos.getAsLong() + KNOWN_NANOS));
      } else {
        fail(name, before);
      }
      return right;
    }
  }

  private void fail(String name, Failed before) {
    if (failed.size() >= MAX_NAMES) {
      failed.values().removeIf(f -> f.until() - nanos.getAsLong() <= 0);
    }
    int count = before == null ? 1 : before.count() + 1;
    long wait = FIRST_WAIT_NANOS << Math.min(count - 1, MAX_DOUBLINGS);
    failed.put(name, new Failed(count, nanos.getAsLong() + wait));
  }

  private byte[] fastHash(String name, char[] password) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
      digest.update(bytes);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

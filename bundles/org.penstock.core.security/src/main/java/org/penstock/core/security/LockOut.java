package org.penstock.core.security;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Who must wait before an attempt to log in is looked at. An address waits 1 s after its first wrong
 * password, and twice as long each time; the count is its own or that of the attacked name, whichever
 * is higher, so that guessers gain nothing from many addresses, while an address that did nothing
 * wrong is always looked at. Forgotten 15 minutes after the last wrong one.
 */
final class LockOut {

  private static final long FIRST_WAIT_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long FORGET_NANOS = Duration.ofMinutes(15).toNanos();
  private static final int MAX_DOUBLINGS = 9;
  private static final int MAX_ENTRIES = 10_000;

  private record Failures(int count, long last, long until) {}

  private final LongSupplier nanos;
  private final Map<String, Failures> addresses = bounded();
  private final Map<String, Failures> names = bounded();

  LockOut(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private static Map<String, Failures> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
        return size() > MAX_ENTRIES;
      }
    };
  }

  /**
   * Asks to be looked at. When that is granted, the attempt counts as failed until {@link #passed}:
   * an address can't make a second one meanwhile.
   *
   * @return zero when the attempt is to be looked at, else how long to wait
   */
  synchronized Duration begin(String name, String address) {
    String place = place(address);
    long now = nanos.getAsLong();
    Failures before = current(addresses, place, now);
    if (before != null && before.until() - now > 0) {
      return Duration.ofNanos(before.until() - now);
    }
    int own = before == null ? 1 : before.count() + 1;
    Failures attacked = current(names, name, now);
    int all = attacked == null ? 1 : attacked.count() + 1;
    put(names, name, new Failures(all, now, now));
    long wait = FIRST_WAIT_NANOS << Math.min(Math.max(own, all) - 1, MAX_DOUBLINGS);
    put(addresses, place, new Failures(own, now, now + wait));
    return Duration.ZERO;
  }

  /** How long the address must wait now. */
  synchronized Duration wait(String address) {
    long now = nanos.getAsLong();
    Failures failures = current(addresses, place(address), now);
    return failures == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, failures.until() - now));
  }

  /** The attempt that was begun was right: what the address did wrong is forgotten. */
  synchronized void passed(String name, String address) {
    Failures own = addresses.remove(place(address));
    Failures attacked = names.get(name);
    if (own != null && attacked != null) {
      int left = attacked.count() - own.count();
      if (left <= 0) {
        names.remove(name);
      } else {
        names.put(name, new Failures(left, attacked.last(), attacked.until()));
      }
    }
  }

  private static void put(Map<String, Failures> map, String key, Failures failures) {
    map.remove(key); // the eldest is the one that was quiet longest
    map.put(key, failures);
  }

  private Failures current(Map<String, Failures> map, String key, long now) {
    Failures failures = map.get(key);
    return failures == null || now - failures.last() > FORGET_NANOS ? null : failures;
  }

  /** Of IPv6 the network of 64 bits: one guesser has all addresses in it. */
  private static String place(String address) {
    int groups = 0;
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) == ':' && ++groups == 4) {
        return address.substring(0, i);
      }
    }
    return address;
  }
}

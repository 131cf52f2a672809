package org.penstock.console.rest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Who is connected: at most so many, and of one address at most so many; whose first request does
 * not come, or whose next one comes byte by byte, is late. Any thread may call.
 */
final class OpenConnections {

  /** Connections at a time; each costs some 50 kB with its TLS. */
  static final int MOST = 600;

  /** Of one address. */
  static final int MOST_OF_ONE = 200;

  /** Within this, the head of the first request must be there, TLS included. */
  static final Duration FIRST = Duration.ofSeconds(20);

  /** Longer than the longest body may take, nobody sends without end of a request. */
  static final Duration LONGEST = Duration.ofSeconds(150);

  /** What a connection has brought so far. */
  interface Progress {
    /** Requests whose heads are complete. */
    long requests();

    /** Bytes. */
    long bytes();
  }

  private static final class Seen {
    private final Progress progress;
    private long requests;
    private long bytes;
    private long since;

    Seen(Progress progress, long since) {
      this.progress = progress;
      this.since = since;
    }
  }

  private final LongSupplier nanos;
  private final Map<Object, String> addresses = new IdentityHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<Object, Seen> seen = new IdentityHashMap<>();

  OpenConnections(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** A connection begins; false when it is one too many, then it need not {@link #leave}. */
  synchronized boolean enter(Object channel, String address) {
    int ofOne = counts.getOrDefault(address, 0);
    if (addresses.size() >= MOST || ofOne >= MOST_OF_ONE) {
      return false;
    }
    addresses.put(channel, address);
    counts.put(address, ofOne + 1);
    return true;
  }

  /** A connection is over; does nothing when it never was. */
  synchronized void leave(Object channel) {
    String address = addresses.remove(channel);
    if (address != null) {
      counts.computeIfPresent(address, (a, n) -> n == 1 ? null : n - 1);
    }
  }

  synchronized int size() {
    return addresses.size();
  }

  synchronized void opened(Object connection, Progress progress) {
    seen.put(connection, new Seen(progress, nanos.getAsLong()));
  }

  synchronized void closed(Object connection) {
    seen.remove(connection);
  }

  /** Those that are to be closed. */
  synchronized List<Object> late() {
    List<Object> late = new ArrayList<>();
    long now = nanos.getAsLong();
    seen.forEach(
        (connection, of) -> {
          if (isLate(of, now)) {
            late.add(connection);
          }
        });
    return late;
  }

  private static boolean isLate(Seen of, long now) {
    long requests = of.progress.requests();
    long bytes = of.progress.bytes();
    boolean sends = bytes > of.bytes;
    of.bytes = bytes;
    if (requests != of.requests) {
      of.requests = requests;
      of.since = now;
      return false;
    }
    long waited = now - of.since;
    return requests == 0 ? waited > FIRST.toNanos() : sends && waited > LONGEST.toNanos();
  }
}

package org.penstock.console.rest;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a client may cost: requests each second by address and kind of route, size of a body, time
 * that a body may take, and bodies that are being received at a time.
 */
final class Limits {

  static final int MAX_BODY = 8 << 20;

  /** Of what brings a package. */
  static final int MAX_PACKAGE = 32 << 20;

  /** From who has not logged in. */
  private static final int MAX_OF_NOBODY = 64 << 10;

  private static final long BODY_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long PACKAGE_NANOS = Duration.ofSeconds(120).toNanos();
  private static final int BODIES = 8;
  private static final int BODIES_OF_ONE = 4;
  private static final int BUFFER = 8192;
  private static final int MOST_CLIENTS = 10_000;

  /** Requests each second that a kind of route takes from one address, and how many at once. */
  enum Route {
    LOGIN(5, 20),
    WRITE(200, 400),
    READ(1000, 2000);

    private final int perSecond;
    private final int burst;

    Route(int perSecond, int burst) {
      this.perSecond = perSecond;
      this.burst = burst;
    }
  }

  /** A request that is not served. */
  static final class Exceeded extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final Duration retryAfter;

    Exceeded(int status, Duration retryAfter, String message) {
      super(message);
      this.status = status;
      this.retryAfter = retryAfter;
    }

    int status() {
      return status;
    }

    Duration retryAfter() {
      return retryAfter;
    }
  }

  private record Bucket(double tokens, long at) {}

  private final LongSupplier nanos;
  private final Map<String, Integer> bodies = new HashMap<>();
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_CLIENTS;
        }
      };

  Limits(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void admit(HttpServletRequest request) throws Exceeded {
    take(request.getRemoteAddr(), route(request.getMethod(), request.getRequestURI()));
  }

  static Route route(String method, String path) {
    if (path.contains("/session/v1/login/")) {
      return Route.LOGIN;
    }
    return "GET".equals(method) || "HEAD".equals(method) ? Route.READ : Route.WRITE;
  }

  void take(String address, Route route) throws Exceeded {
    double left;
    synchronized (this) {
      long now = nanos.getAsLong();
      String key = address + " " + route.ordinal();
      Bucket before = buckets.getOrDefault(key, new Bucket(route.burst, now));
      double gained = (now - before.at()) / 1e9 * route.perSecond;
      left = Math.min(route.burst, before.tokens() + gained) - 1;
      buckets.put(key, new Bucket(Math.max(left, 0), now));
    }
    if (left < 0) {
      throw new Exceeded(
          429,
          Duration.ofSeconds(1),
          "more than " + route.perSecond + " requests of this kind each second from one address");
    }
  }

  /** A body is announced. */
  static boolean hasBody(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    return length > 0 || length < 0 && request.getHeader("Transfer-Encoding") != null;
  }

  /** A small body that is here already is thrown away; true when it was. */
  static boolean skipped(HttpServletRequest request) throws IOException {
    long length = request.getContentLengthLong();
    ServletInputStream in = request.getInputStream();
    return length > 0
        && length <= MAX_OF_NOBODY
        && in.available() >= length
        && in.readNBytes((int) length).length == length;
  }

  /**
   * The whole body, if it is small enough and comes fast enough.
   *
   * @param isKnown who sends it has logged in; of nobody only little is read, and only what anybody
   *     may send: much of it would take the heap
   */
  byte[] body(HttpServletRequest request, boolean isKnown) throws Exceeded, IOException {
    long length = request.getContentLengthLong();
    boolean packages = bringsPackage(request.getRequestURI());
    int most = isKnown ? packages ? MAX_PACKAGE : MAX_BODY : MAX_OF_NOBODY;
    if (length > most) {
      throw tooLarge(most);
    }
    if (!hasBody(request)) {
      return new byte[0];
    }
    ServletInputStream in = request.getInputStream();
    if (length > 0 && in.available() >= length) {
      return read(in, (int) length, most, BODY_NANOS); // is here already: nobody waits
    }
    String address = request.getRemoteAddr();
    begin(address);
    long time = packages ? PACKAGE_NANOS : BODY_NANOS;
    long late = nanos.getAsLong() + time;
    try {
      return read(in, (int) Math.max(length, 0), most, time);
    } catch (IOException e) {
      requireInTime(late, time); // the server gave up first: the client is slow, nothing is broken
      throw e;
    } finally {
      end(address);
    }
  }

  /** One address never takes all places for bodies that are slow in coming. */
  private void begin(String address) throws Exceeded {
    synchronized (bodies) {
      int all = bodies.values().stream().mapToInt(Integer::intValue).sum();
      if (all >= BODIES || bodies.getOrDefault(address, 0) >= BODIES_OF_ONE) {
        throw new Exceeded(
            503,
            Duration.ofSeconds(1),
            BODIES
                + " slow bodies at a time, "
                + BODIES_OF_ONE
                + " of one address, are received; try again");
      }
      bodies.merge(address, 1, Integer::sum);
    }
  }

  private void end(String address) {
    synchronized (bodies) {
      bodies.computeIfPresent(address, (a, n) -> n == 1 ? null : n - 1);
    }
  }

  private static boolean bringsPackage(String path) {
    return path.equals("/api/v1/packages")
        || path.equals("/services/deploy/v2/_upload")
        || path.equals("/api/v1/archive/_import");
  }

  private byte[] read(ServletInputStream in, int length, int most, long time)
      throws Exceeded, IOException {
    long end = nanos.getAsLong() + time;
    if (length > 0) {
      return exactly(in, new byte[length], end, time);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream(BUFFER);
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      body.write(buffer, 0, n);
      if (body.size() > most) {
        throw tooLarge(most);
      }
      requireInTime(end, time);
    }
    return body.toByteArray();
  }

  /** Of announced length: a growing buffer would take three times the memory. */
  private byte[] exactly(ServletInputStream in, byte[] body, long end, long time)
      throws Exceeded, IOException {
    int at = 0;
    for (int n = in.read(body, 0, body.length); n > 0; n = in.read(body, at, body.length - at)) {
      at += n;
      requireInTime(end, time);
    }
    return at == body.length ? body : Arrays.copyOf(body, at);
  }

  private void requireInTime(long end, long time) throws Exceeded {
    if (nanos.getAsLong() > end) {
      throw new Exceeded(
          408, Duration.ZERO, "the body took longer than " + time / 1_000_000_000 + " s");
    }
  }

  private static Exceeded tooLarge(int most) {
    String words = most < 1 << 20 ? (most >> 10) + " KiB" : (most >> 20) + " MiB";
    return new Exceeded(413, Duration.ZERO, "the body is larger than " + words);
  }
}

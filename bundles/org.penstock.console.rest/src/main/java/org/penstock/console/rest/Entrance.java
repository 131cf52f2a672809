package org.penstock.console.rest;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.penstock.api.security.Authenticator;
import org.penstock.api.security.Caller;
import org.penstock.console.rest.Sessions.Session;

/** Finds out who makes an HTTP request: basic authentication, API token or session. */
final class Entrance {

  /**
   * Who it is.
   *
   * @param session its id, empty without one
   * @param token public id of the API token, empty without one
   * @param retryAfter time that this address must wait before it is looked at again
   * @param lookedAt the credentials were checked at all; an attempt that must wait is not audited
   * @param again who it is later, on the same connection; empty when he must go
   */
  record Visitor(
      Optional<Caller> caller,
      String session,
      String token,
      Duration retryAfter,
      boolean lookedAt,
      Supplier<Optional<Caller>> again) {}

  private static final String BASIC = "Basic ";
  private static final String BEARER = "Bearer ";
  private static final String XSRF = "X-XSRF-Token";
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final String TOKEN_PATH = "/services/session/v1/xsrfToken";

  private final Authenticator authenticator;
  private final Sessions sessions;

  Entrance(Authenticator authenticator, Sessions sessions) {
    this.authenticator = authenticator;
    this.sessions = sessions;
  }

  Visitor visitor(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    if (header != null) {
      if (header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
        return basic(header.substring(BASIC.length()).trim(), request.getRemoteAddr());
      }
      if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
        String token = header.substring(BEARER.length()).trim();
        Supplier<Optional<Caller>> again = () -> authenticator.authenticate(token);
        return new Visitor(again.get(), "", id(token), Duration.ZERO, true, again);
      }
    }
    return session(request);
  }

  /** Whom the client's certificate names; asked for at the login by certificate only. */
  Optional<Caller> certificate(HttpServletRequest request) {
    return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
        ? authenticator.authenticate(List.of(chain))
        : Optional.empty();
  }

  /** Of {@code pst_<id>_<secret>}. */
  private static String id(String token) {
    String[] parts = token.split("_", 3);
    return parts.length == 3 ? parts[1] : "";
  }

  private static Visitor stranger() {
    return new Visitor(Optional.empty(), "", "", Duration.ZERO, true, Optional::empty);
  }

  private Visitor session(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
      if (cookie.getName().equals(Sessions.COOKIE)) {
        Optional<Session> session = sessions.use(cookie.getValue());
        if (session.isPresent() && isOwn(request, session.get())) {
          String id = cookie.getValue();
          String identity = session.get().identity();
          return new Visitor(
              authenticator.caller(identity),
              id,
              "",
              Duration.ZERO,
              true,
              () -> sessions.isOpen(id) ? authenticator.caller(identity) : Optional.empty());
        }
      }
    }
    return stranger();
  }

  /** The request carries the session's token, or is one that can do no harm without it. */
  private static boolean isOwn(HttpServletRequest request, Session session) {
    String path = request.getRequestURI();
    boolean safe =
        SAFE.contains(request.getMethod()) && (path.startsWith("/api/") || path.equals(TOKEN_PATH));
    String token = request.getHeader(XSRF);
    return safe
        || token != null
            && MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8),
                session.xsrfToken().getBytes(StandardCharsets.UTF_8));
  }

  private Visitor basic(String credentials, String address) {
    byte[] pair;
    try {
      pair = Base64.getDecoder().decode(credentials);
    } catch (IllegalArgumentException e) {
      return stranger(); // not Base64: the same as wrong credentials
    }
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(pair));
    char[] chars = new char[text.remaining()];
    text.get(chars);
    int colon = indexOfColon(chars);
    if (colon < 0) {
      return stranger();
    }
    char[] password = Arrays.copyOfRange(chars, colon + 1, chars.length);
    try {
      String name = new String(chars, 0, colon);
      Authenticator.Attempt attempt = authenticator.authenticate(name, password, address);
      String basis = authenticator.credentials(name);
      return new Visitor(
          attempt.caller(),
          "",
          "",
          attempt.retryAfter(),
          attempt.lookedAt(),
          () ->
              authenticator.credentials(name).equals(basis)
                  ? authenticator.caller(name)
                  : Optional.empty());
    } finally {
      Arrays.fill(password, '\0');
      Arrays.fill(chars, '\0');
      Arrays.fill(pair, (byte) 0);
    }
  }

  private static int indexOfColon(char[] chars) {
    for (int i = 0; i < chars.length; i++) {
      if (chars[i] == ':') {
        return i;
      }
    }
    return -1;
  }
}

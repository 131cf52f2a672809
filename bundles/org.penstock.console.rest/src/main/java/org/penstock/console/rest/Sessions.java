package org.penstock.console.rest;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.security.Authenticator;

/**
 * Who logged in and did not log out: a session ends after 15 minutes without a request and after 12
 * hours in any case, and with the password that it began with. Sessions are in memory only.
 */
@Component(service = Sessions.class)
public final class Sessions {

  /** Kura's name of the cookie. */
  static final String COOKIE = "JSESSIONID";

  /** Header by which the door tells a resource the session; never taken from outside. */
  static final String HEADER = "penstock-session";

  static final Duration IDLE = Duration.ofMinutes(15);
  static final Duration ABSOLUTE = Duration.ofHours(12);

  private static final int MOST = 1000;
  private static final int ID_BYTES = 32;

  /**
   * One session; the token must come with each request that the browser can be tricked into. The
   * handle names it to those who may see it without being its secret.
   */
  record Session(
      String handle,
      String identity,
      String address,
      String xsrfToken,
      String credentials,
      long began,
      long used) {}

  /** A session as others may see it. */
  record Seen(String handle, String identity, String address, Instant began, Instant used) {}

  private final LongSupplier nanos;
  private final UnaryOperator<String> credentials;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> sessions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > MOST; // the one that was quiet longest
        }
      };

  /** Called by the component runtime. */
  @Activate
  public Sessions(@Reference Authenticator authenticator) {
    this(System::nanoTime, authenticator::credentials);
  }

  Sessions(LongSupplier nanos, UnaryOperator<String> credentials) {
    this.nanos = nanos;
    this.credentials = credentials;
  }

  /** Begins a session; gives its id, which is secret. */
  synchronized String begin(String identity, String address) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    long now = nanos.getAsLong();
    String own = credentials.apply(identity);
    String handle = UUID.randomUUID().toString();
    String token = UUID.randomUUID().toString();
    sessions.put(id, new Session(handle, identity, address, token, own, now, now));
    return id;
  }

  /** The session, used now; empty when there is none or its time is over. */
  synchronized Optional<Session> use(String id) {
    Session session = sessions.remove(id);
    long now = nanos.getAsLong();
    if (session == null || isOver(session, now)) {
      return Optional.empty();
    }
    Session used =
        new Session(
            session.handle(),
            session.identity(),
            session.address(),
            session.xsrfToken(),
            session.credentials(),
            session.began(),
            now);
    sessions.put(id, used);
    return Optional.of(used);
  }

  private boolean isOver(Session session, long now) {
    return now - session.used() > IDLE.toNanos()
        || now - session.began() > ABSOLUTE.toNanos()
        || !session.credentials().equals(credentials.apply(session.identity()));
  }

  /** Those that have not ended, the one that was quiet longest first; looking is no use. */
  synchronized List<Seen> open() {
    long now = nanos.getAsLong();
    Instant time = Instant.now();
    List<Seen> all = new ArrayList<>();
    for (Session one : sessions.values()) {
      if (!isOver(one, now)) {
        all.add(
            new Seen(
                one.handle(),
                one.identity(),
                one.address(),
                time.minusNanos(now - one.began()),
                time.minusNanos(now - one.used())));
      }
    }
    return all;
  }

  /** The handle of a session by its id; empty when there is none. */
  synchronized String handle(String id) {
    Session session = sessions.get(id);
    return session == null ? "" : session.handle();
  }

  /** Ends the session of that handle. */
  synchronized void endOf(String handle) {
    sessions.values().removeIf(s -> s.handle().equals(handle));
  }

  /** The session has not ended; counts as use: who watches is there. */
  synchronized boolean isOpen(String id) {
    return use(id).isPresent();
  }

  synchronized void end(String id) {
    sessions.remove(id);
  }

  /** Ends all sessions of an identity. */
  synchronized void endAll(String identity) {
    sessions.values().removeIf(s -> s.identity().equals(identity));
  }

  /** The header that gives a browser the session. */
  static String cookie(String id) {
    return COOKIE + "=" + id + "; Path=/; Secure; HttpOnly; SameSite=Strict";
  }

  /** The header that takes it away. */
  static String noCookie() {
    return COOKIE + "=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict";
  }
}

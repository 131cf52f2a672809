package org.penstock.api.security;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Tells who a caller is. Any thread may call. */
@ProviderType
public interface Authenticator {

  /**
   * How an attempt to log in ended.
   *
   * @param caller empty when the name is unknown, the password wrong or not looked at
   * @param retryAfter how long the address must wait before its next attempt is looked at; zero for none
   * @param lookedAt the password was checked at all
   */
  record Attempt(Optional<Caller> caller, Duration retryAfter, boolean lookedAt) {}

  /**
   * Checks name and password; takes some 100 ms of CPU on purpose. After a wrong one the address
   * must wait, longer each time; until then nothing of it is looked at, right or wrong.
   *
   * @param password is not kept; the caller wipes it
   * @param address where the attempt comes from, for example {@code 192.0.2.7}
   */
  Attempt authenticate(String name, char[] password, String address);

  /** The owner of an API token with the token's permissions; empty when unknown or expired. */
  Optional<Caller> authenticate(String token);

  /**
   * The identity that the common name of a client certificate names, when a certificate authority
   * of this gateway vouches for it now.
   */
  Optional<Caller> authenticate(List<X509Certificate> chain);

  /** An identity as it stands now, for callers who were authenticated before; empty when gone. */
  Optional<Caller> caller(String name);

  /**
   * What an identity's logins rest on: another text once its password is changed or taken away, or
   * the identity is removed. What was begun with the one before must end.
   */
  String credentials(String name);

  /** Client certificates are accepted: there is an authority that can vouch for them. */
  boolean certificates();
}

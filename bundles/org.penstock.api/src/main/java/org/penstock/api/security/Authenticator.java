package org.penstock.api.security;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Tells who a caller is. Any thread may call; a check takes some 100 ms of CPU on purpose. */
@ProviderType
public interface Authenticator {

  /**
   * Checks name and password.
   *
   * @param password is not kept; the caller wipes it
   * @return empty when the name is unknown or the password wrong: the two are not told apart
   */
  Optional<Caller> authenticate(String name, char[] password);
}

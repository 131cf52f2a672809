package org.eclipse.kura.identity;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** An identity's token, when it expires, and whether it may be used. */
@ProviderType
public class TokenConfiguration implements IdentityConfigurationComponent {

  private final String token;
  private final Optional<Instant> expiration;
  private final boolean tokenAuthEnabled;

  public TokenConfiguration(String token, Optional<Instant> expiration, boolean tokenAuthEnabled) {
    this.token = token;
    this.expiration = Objects.requireNonNull(expiration, "the expiration must not be null");
    this.tokenAuthEnabled = tokenAuthEnabled;
  }

  public TokenConfiguration(String token, Optional<Instant> expiration) {
    this(token, expiration, true);
  }

  public String getToken() {
    return token;
  }

  public Optional<Instant> getExpiration() {
    return expiration;
  }

  public boolean isTokenAuthEnabled() {
    return tokenAuthEnabled;
  }

  public boolean isExpired() {
    return expiration.isPresent() && Instant.now().isAfter(expiration.get());
  }
}

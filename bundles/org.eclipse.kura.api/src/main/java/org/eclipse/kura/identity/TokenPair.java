package org.eclipse.kura.identity;

import org.osgi.annotation.versioning.ProviderType;

/** An access token and the token to refresh it. */
@ProviderType
public class TokenPair {

  private final String accessToken;
  private final String refreshToken;
  private final long accessTokenExpiresAt;
  private final long refreshTokenExpiresAt;
  private final String tokenFamilyId;

  public TokenPair(
      String accessToken,
      String refreshToken,
      long accessTokenExpiresAt,
      long refreshTokenExpiresAt,
      String tokenFamilyId) {
    this.accessToken = accessToken;
    this.refreshToken = refreshToken;
    this.accessTokenExpiresAt = accessTokenExpiresAt;
    this.refreshTokenExpiresAt = refreshTokenExpiresAt;
    this.tokenFamilyId = tokenFamilyId;
  }

  public String getAccessToken() {
    return accessToken;
  }

  public String getRefreshToken() {
    return refreshToken;
  }

  public long getAccessTokenExpiresAt() {
    return accessTokenExpiresAt;
  }

  public long getRefreshTokenExpiresAt() {
    return refreshTokenExpiresAt;
  }

  public String getTokenFamilyId() {
    return tokenFamilyId;
  }
}

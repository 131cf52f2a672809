package org.eclipse.kura.identity;

import org.osgi.annotation.versioning.ProviderType;

/** An access token and the token to refresh it. */
@ProviderType
public class TokenPair {

  private String accessToken;
  private String refreshToken;
  private long accessTokenExpiresAt;
  private long refreshTokenExpiresAt;
  private String tokenFamilyId;

  public TokenPair(String name, String name2, long number, long number2, String name3) {
    this.accessToken = name;
    this.refreshToken = name2;
    this.accessTokenExpiresAt = number;
    this.refreshTokenExpiresAt = number2;
    this.tokenFamilyId = name3;
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

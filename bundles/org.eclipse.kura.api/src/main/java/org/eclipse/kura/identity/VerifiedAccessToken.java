package org.eclipse.kura.identity;

import org.osgi.annotation.versioning.ProviderType;

/** What a checked access token says. */
@ProviderType
public class VerifiedAccessToken {

  private final String identityName;
  private final String tokenId;
  private final String tokenFamilyId;
  private final long expiresAt;

  public VerifiedAccessToken(
      String identityName, String tokenId, String tokenFamilyId, long expiresAt) {
    this.identityName = identityName;
    this.tokenId = tokenId;
    this.tokenFamilyId = tokenFamilyId;
    this.expiresAt = expiresAt;
  }

  public String getIdentityName() {
    return identityName;
  }

  public String getTokenId() {
    return tokenId;
  }

  public String getTokenFamilyId() {
    return tokenFamilyId;
  }

  public long getExpiresAt() {
    return expiresAt;
  }
}

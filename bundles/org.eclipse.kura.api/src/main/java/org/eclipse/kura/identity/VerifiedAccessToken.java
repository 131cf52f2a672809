package org.eclipse.kura.identity;

import org.osgi.annotation.versioning.ProviderType;

/** What a checked access token says. */
@ProviderType
public class VerifiedAccessToken {

  private String identityName;
  private String tokenId;
  private String tokenFamilyId;
  private long expiresAt;

  public VerifiedAccessToken(String name, String name2, String name3, long number) {
    this.identityName = name;
    this.tokenId = name2;
    this.tokenFamilyId = name3;
    this.expiresAt = number;
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

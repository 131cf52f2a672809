package org.eclipse.kura.identity;

import java.util.Optional;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Gives, refreshes and checks tokens of identities. */
@ProviderType
public interface IdentityTokenService {

  TokenPair issueTokenPair(String name) throws KuraException;

  TokenPair refreshTokenPair(String name) throws KuraException;

  Optional<VerifiedAccessToken> verifyAccessToken(String name);

  void revokeTokenFamily(String name);
}

package org.penstock.api.security;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Tokens by which programs log in: each with an owner, a scope and an end. Any thread may call. */
@ProviderType
public interface ApiTokens {

  /**
   * One token, without its secret.
   *
   * @param id public name of the token
   * @param name what it is for, in words
   * @param owner the identity on whose behalf it acts
   * @param permissions its scope: what it may do, at most what its owner may
   * @param expires when it ends
   */
  record Token(
      String id,
      String name,
      String owner,
      Set<String> permissions,
      Instant created,
      Instant expires) {

    public Token {
      permissions = Set.copyOf(permissions);
    }
  }

  /** A new token with its secret, which is told only once. */
  record Issued(Token token, String secret) {}

  /** Makes a token, durable when it returns. */
  Issued issue(String owner, String name, Set<String> permissions, Instant expires)
      throws IOException;

  /** All tokens that have not expired. */
  List<Token> tokens();

  /** Ends a token; false when there is none with this id. */
  boolean revoke(String id) throws IOException;
}

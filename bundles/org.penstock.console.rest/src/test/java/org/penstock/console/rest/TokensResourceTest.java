package org.penstock.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.penstock.api.rest.RestAnswer;
import org.penstock.api.security.ApiTokens;
import org.penstock.api.security.Caller;

/** Without it a stolen token could make itself immortal, or mightier than it was meant to be. */
class TokensResourceTest {

  private static final Instant END = Instant.now().plus(Duration.ofDays(10));

  /** Holds one token and says yes to every wish. */
  private static final class OneToken implements ApiTokens {
    @Override
    public Issued issue(String owner, String name, Set<String> permissions, Instant expires) {
      return new Issued(new Token("new", name, owner, permissions, Instant.now(), expires), "s");
    }

    @Override
    public List<Token> tokens() {
      return List.of(new Token("own", "script", "anna", Set.of("*.operate"), Instant.now(), END));
    }

    @Override
    public boolean revoke(String id) {
      return false;
    }
  }

  private static RestAnswer issue(String token, String permission, int days) {
    Caller caller = new Caller("anna", Set.of("*.operate"));
    String wish = "{\"name\":\"n\",\"permissions\":[\"%s\"],\"days\":%d}";
    try (Calls calls = new Calls(new TokensResource(new OneToken()))) {
      return calls.call(
          caller,
          "POST",
          "api/v1/tokens",
          wish.formatted(permission, days),
          Map.of(TokensResource.HEADER, List.of(token)));
    }
  }

  /** Seen in review: a token of a day made one of a year. */
  @Test
  void aTokenMintsNoLongerLivedOne() {
    RestAnswer longer = issue("own", "assets.operate", 11);
    assertEquals(400, longer.status());
    assertTrue(Calls.message(longer).contains("at most until " + END), Calls.message(longer));
    assertEquals(201, issue("own", "assets.operate", 9).status());
    assertEquals(201, issue("", "assets.operate", 300).status(), "by password");
  }

  /** A role's name ends like the permissions that it means, and it means more than them. */
  @Test
  void aTokenMintsNoBroaderOne() {
    RestAnswer broader = issue("own", "role.operate", 1);
    assertEquals(400, broader.status());
    assertTrue(Calls.message(broader).contains("role.operate"), Calls.message(broader));
    assertEquals(400, issue("own", "assets.read", 1).status());
  }
}

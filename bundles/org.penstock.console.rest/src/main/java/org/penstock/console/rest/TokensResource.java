package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.Answers;
import org.penstock.api.rest.RestResource;
import org.penstock.api.security.ApiTokens;
import org.penstock.api.security.ApiTokens.Token;
import org.penstock.api.security.Caller;

/** API tokens: everybody makes, sees and ends his own; an administrator sees and ends all. */
@Component(service = TokensResource.class, property = RestResource.PROPERTY)
@Path("api/v1/tokens")
@RolesAllowed(RestResource.ANY_USER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TokensResource {

  /** One token. */
  record Entry(
      String id,
      String name,
      String owner,
      List<String> permissions,
      String created,
      String expires) {}

  /** Tokens. */
  record Entries(List<Entry> tokens) {}

  /** What a new token is to be. */
  record Wish(String name, Set<String> permissions, Integer days) {}

  /** A new token with its secret, which is told only here. */
  record Made(Entry token, String secret) {}

  /** Header by which the door tells by which token the caller came; never taken from outside. */
  static final String HEADER = "penstock-token";

  private static final int MOST_DAYS = 366;

  private final ApiTokens tokens;

  /** Called by the component runtime. */
  @Activate
  public TokensResource(@Reference ApiTokens tokens) {
    this.tokens = tokens;
  }

  private static Entry entry(Token token) {
    return new Entry(
        token.id(),
        token.name(),
        token.owner(),
        token.permissions().stream().sorted().toList(),
        token.created().toString(),
        token.expires().toString());
  }

  /** The caller's tokens; an administrator's list holds all. */
  @GET
  public Entries list(@Context SecurityContext security) {
    Caller caller = (Caller) security.getUserPrincipal();
    return new Entries(
        tokens.tokens().stream().filter(t -> isHis(caller, t)).map(TokensResource::entry).toList());
  }

  private static boolean isHis(Caller caller, Token token) {
    return token.owner().equals(caller.getName()) || caller.may(Caller.ADMIN);
  }

  /**
   * Makes a token for the caller with at most his own permissions; its secret is told only now. One
   * that a token asks for ends no later than that token.
   */
  @POST
  @Answers(Made.class)
  public Response issue(
      @Context SecurityContext security, @HeaderParam(HEADER) String id, Wish wish)
      throws IOException {
    Caller caller = (Caller) security.getUserPrincipal();
    if (wish.name() == null || wish.permissions() == null || wish.days() == null) {
      throw new BadRequestException(
          "give {\"name\":\"..\",\"permissions\":[\"assets.read\"],\"days\":30}");
    }
    if (wish.days() < 1 || wish.days() > MOST_DAYS) {
      throw new BadRequestException("days: 1 to " + MOST_DAYS + ", given " + wish.days());
    }
    for (String permission : wish.permissions()) {
      if (permission == null || !caller.may(permission)) {
        throw new BadRequestException(
            caller.getName() + " lacks the permission " + permission + " himself");
      }
    }
    Instant end = Instant.now().plus(Duration.ofDays(wish.days()));
    Optional<Token> own = tokens.tokens().stream().filter(t -> t.id().equals(id)).findFirst();
    if (own.isPresent()) {
      requireWithin(own.get(), caller, wish, end);
    }
    var made = tokens.issue(caller.getName(), wish.name(), wish.permissions(), end);
    return Response.status(Response.Status.CREATED)
        .entity(new Made(entry(made.token()), made.secret()))
        .build();
  }

  /** A role means more than the permissions of which one is called like it. */
  private static void requireWithin(Token own, Caller caller, Wish wish, Instant end) {
    if (end.isAfter(own.expires())) {
      throw new BadRequestException(
          "the token "
              + own.id()
              + " makes tokens that are valid at most until "
              + own.expires()
              + ", when it ends itself; give fewer days, or log in by password");
    }
    for (String permission : wish.permissions()) {
      if (permission.startsWith("role.")
          && !caller.permissions().contains(permission)
          && !caller.permissions().contains(Caller.ADMIN)) {
        throw new BadRequestException(
            "the token " + own.id() + " lacks the permission " + permission + " itself");
      }
    }
  }

  /** Ends a token. */
  @DELETE
  @Path("{id}")
  public Response revoke(@Context SecurityContext security, @PathParam("id") String id)
      throws IOException {
    Caller caller = (Caller) security.getUserPrincipal();
    boolean his = tokens.tokens().stream().anyMatch(t -> t.id().equals(id) && isHis(caller, t));
    if (!his || !tokens.revoke(id)) {
      throw new NotFoundException("there is no token " + id);
    }
    return Response.noContent().build();
  }
}

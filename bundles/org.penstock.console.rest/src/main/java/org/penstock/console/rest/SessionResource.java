package org.penstock.console.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.identity.IdentityConfiguration;
import org.eclipse.kura.identity.IdentityService;
import org.eclipse.kura.identity.PasswordConfiguration;
import org.eclipse.kura.identity.PasswordStrengthVerificationService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.Answers;
import org.penstock.api.rest.RestResource;
import org.penstock.api.security.Authenticator;
import org.penstock.api.security.Caller;

/** Kura's {@code session/v1}: log in and out, change one's own password. */
@Component(service = SessionResource.class, property = RestResource.PROPERTY)
@Path("session/v1")
@RolesAllowed(RestResource.ANY_USER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SessionResource {

  /** Name and password. */
  record Login(String username, String password) {}

  /** Whether nothing but a new password is taken. */
  record LoggedIn(boolean passwordChangeNeeded) {}

  /** The token for the header {@code X-XSRF-Token}. */
  record XsrfToken(String xsrfToken) {}

  /** Old and new password. */
  record PasswordChange(String currentPassword, String newPassword) {}

  /** Who one is. */
  record Identity(String name, boolean passwordChangeNeeded, List<String> permissions) {}

  /** How one can log in. */
  record Ways(boolean passwordAuthenticationEnabled, boolean certificateAuthenticationEnabled) {}

  private static final String REFUSED =
      "Authentication failed as username or password not matching";

  private final Authenticator authenticator;
  private final IdentityService identities;
  private final PasswordStrengthVerificationService policy;
  private final Sessions sessions;

  /** Called by the component runtime. */
  @Activate
  public SessionResource(
      @Reference Authenticator authenticator,
      @Reference IdentityService identities,
      @Reference PasswordStrengthVerificationService policy,
      @Reference Sessions sessions) {
    this.authenticator = authenticator;
    this.identities = identities;
    this.policy = policy;
    this.sessions = sessions;
  }

  /** Begins a session. */
  @POST
  @Path("login/password")
  @PermitAll
  @Answers(LoggedIn.class)
  public Response login(@HeaderParam(HttpDoor.ADDRESS) String address, Login login) {
    if (login.username() == null || login.password() == null) {
      throw new BadRequestException("give {\"username\":\"..\",\"password\":\"..\"}");
    }
    Authenticator.Attempt attempt =
        authenticator.authenticate(
            login.username(), login.password().toCharArray(), String.valueOf(address));
    long retryAfter = attempt.retryAfter().plusMillis(999).toSeconds();
    return begin(attempt.caller(), retryAfter, String.valueOf(address));
  }

  /** Begins a session for whom the client's certificate names. */
  @POST
  @Path("login/certificate")
  @PermitAll
  @Answers(LoggedIn.class)
  public Response login(
      @HeaderParam(HttpDoor.ADDRESS) String address, @HeaderParam(HttpDoor.CERTIFIED) String name) {
    Optional<Caller> caller = Optional.ofNullable(name).flatMap(authenticator::caller);
    return begin(caller, 0, String.valueOf(address));
  }

  private Response begin(Optional<Caller> caller, long retryAfter, String address) {
    if (caller.isEmpty()) {
      Response.ResponseBuilder refusal = Refusal.answer(401, REFUSED, "session/v1/login");
      return retryAfter == 0
          ? refusal.build()
          : refusal.header(HttpHeaders.RETRY_AFTER, retryAfter).build();
    }
    String cookie = Sessions.cookie(sessions.begin(caller.get().getName(), address));
    return Response.ok(new LoggedIn(caller.get().passwordChangeNeeded()))
        .header(HttpHeaders.SET_COOKIE, cookie)
        .build();
  }

  /** The token to be sent as {@code X-XSRF-Token} with every further request of the session. */
  @GET
  @Path("xsrfToken")
  public XsrfToken xsrfToken(@HeaderParam(Sessions.HEADER) String session) {
    return sessions
        .use(String.valueOf(session))
        .map(s -> new XsrfToken(s.xsrfToken()))
        .orElseThrow(() -> new BadRequestException("there is no session; log in first"));
  }

  /** Ends the session. */
  @POST
  @Path("logout")
  public Response logout(@HeaderParam(Sessions.HEADER) String session) {
    sessions.end(String.valueOf(session));
    return Response.noContent().header(HttpHeaders.SET_COOKIE, Sessions.noCookie()).build();
  }

  /** Sets a new password; all sessions of the identity end. */
  @POST
  @Path("changePassword")
  public Response changePassword(
      @Context SecurityContext security,
      @HeaderParam(HttpDoor.ADDRESS) String address,
      PasswordChange change)
      throws KuraException {
    if (change.currentPassword() == null || change.newPassword() == null) {
      throw new BadRequestException("give {\"currentPassword\":\"..\",\"newPassword\":\"..\"}");
    }
    String name = security.getUserPrincipal().getName();
    char[] current = change.currentPassword().toCharArray();
    if (authenticator.authenticate(name, current, String.valueOf(address)).caller().isEmpty()) {
      return Refusal.answer(401, REFUSED, "session/v1/changePassword").build();
    }
    if (change.newPassword().equals(change.currentPassword())) {
      throw new BadRequestException("the new password must differ from the current one");
    }
    policy.checkPasswordStrength(name, change.newPassword().toCharArray());
    PasswordConfiguration password =
        new PasswordConfiguration(
            false, true, Optional.of(change.newPassword().toCharArray()), Optional.empty());
    identities.updateIdentityConfiguration(new IdentityConfiguration(name, List.of(password)));
    sessions.endAll(name);
    return Response.noContent().header(HttpHeaders.SET_COOKIE, Sessions.noCookie()).build();
  }

  /** Who is logged in, with what he may. */
  @GET
  @Path("currentIdentity")
  public Identity currentIdentity(@Context SecurityContext security) {
    Caller caller = (Caller) security.getUserPrincipal();
    return new Identity(
        caller.getName(),
        caller.passwordChangeNeeded(),
        caller.permissions().stream().sorted().toList());
  }

  /** How one can log in. */
  @GET
  @Path("authenticationInfo")
  @PermitAll
  public Ways authenticationInfo() {
    return new Ways(true, authenticator.certificates());
  }
}

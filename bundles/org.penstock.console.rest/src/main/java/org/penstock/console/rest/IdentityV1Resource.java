package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.identity.IdentityConfiguration;
import org.eclipse.kura.identity.IdentityService;
import org.eclipse.kura.identity.PasswordStrengthVerificationService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.RestResource;
import org.penstock.console.rest.IdentityJson.Identity;
import org.penstock.console.rest.IdentityJson.Name;
import org.penstock.console.rest.IdentityJson.Names;
import org.penstock.console.rest.IdentityJson.Requirements;
import org.penstock.console.rest.IdentityJson.User;
import org.penstock.console.rest.IdentityJson.Users;
import org.penstock.console.rest.IdentityJson.Wish;

/** Kura's {@code identity/v1}, for clients of old. */
@Component(service = IdentityV1Resource.class, property = RestResource.PROPERTY)
@Path("identity/v1")
@RolesAllowed("rest.identity")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class IdentityV1Resource {

  private final IdentityService identities;
  private final PasswordStrengthVerificationService policy;

  /** Called by the component runtime. */
  @Activate
  public IdentityV1Resource(
      @Reference IdentityService identities,
      @Reference PasswordStrengthVerificationService policy) {
    this.identities = identities;
    this.policy = policy;
  }

  private static User user(IdentityConfiguration configuration) {
    Identity json = IdentityParts.json(configuration);
    return new User(
        configuration.getName(),
        json.passwordConfiguration().passwordAuthEnabled(),
        json.passwordConfiguration().passwordChangeNeeded(),
        json.permissionConfiguration().permissions().stream().map(Name::name).toList(),
        null);
  }

  private static Identity identity(User user) {
    return new Identity(
        new Name(given(user)),
        user.permissions() == null
            ? null
            : new IdentityJson.Permissions(user.permissions().stream().map(Name::new).toList()),
        user.passwordAuthEnabled() == null && user.password() == null
            ? null
            : new IdentityJson.Password(
                user.passwordChangeNeeded(), user.passwordAuthEnabled(), user.password()),
        null);
  }

  private static String given(User user) {
    if (user.userName() == null) {
      throw new BadRequestException("the name is missing; give {\"userName\":\"..\"}");
    }
    return user.userName();
  }

  /** All identities. */
  @GET
  @Path("identities")
  public Users all() throws KuraException {
    List<User> users =
        identities.getIdentitiesConfiguration(IdentityParts.ALL).stream()
            .map(IdentityV1Resource::user)
            .toList();
    return new Users(users);
  }

  /** Makes an identity. */
  @POST
  @Path("identities")
  public Response create(User user) throws KuraException {
    if (!identities.createIdentity(given(user))) {
      throw new ClientErrorException("there is an identity " + user.userName() + " already", 409);
    }
    return update(user);
  }

  /** Changes an identity. */
  @PUT
  @Path("identities")
  public Response update(User user) throws KuraException {
    identities.updateIdentityConfiguration(IdentityParts.configuration(identity(user)));
    return Response.noContent().build();
  }

  /** Removes an identity; nobody removes himself. */
  @DELETE
  @Path("identities")
  public Response delete(@Context SecurityContext security, User user) throws KuraException {
    if (security.getUserPrincipal().getName().equals(given(user))) {
      throw new ForbiddenException("nobody removes himself; let another administrator do it");
    }
    if (!identities.deleteIdentity(user.userName())) {
      throw new NotFoundException("there is no identity " + user.userName());
    }
    return Response.noContent().build();
  }

  /** One identity. */
  @POST
  @Path("identities/byName")
  public User byName(User user) throws KuraException {
    return user(IdentityParts.find(identities, new Wish(new Name(given(user)), null)));
  }

  /** All permissions that there are. */
  @GET
  @Path("definedPermissions")
  @RolesAllowed(RestResource.ANY_USER)
  public Names permissions() throws KuraException {
    return new Names(
        IdentityParts.names(identities.getPermissions()).stream().map(Name::name).toList());
  }

  /** What a new password must have. */
  @GET
  @Path("passwordRequirements")
  @RolesAllowed(RestResource.ANY_USER)
  public Requirements requirements() throws KuraException {
    return IdentityResource.requirements(policy);
  }
}

package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
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
import org.penstock.console.rest.IdentityJson.Requirements;
import org.penstock.console.rest.IdentityJson.Wish;

/** Kura's {@code identity/v2}, with its misspelt path. */
@Component(service = IdentityResource.class, property = RestResource.PROPERTY)
@Path("identity/v2")
@RolesAllowed("rest.identity")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class IdentityResource {

  private final IdentityService identities;
  private final PasswordStrengthVerificationService policy;

  /** Called by the component runtime. */
  @Activate
  public IdentityResource(
      @Reference IdentityService identities,
      @Reference PasswordStrengthVerificationService policy) {
    this.identities = identities;
    this.policy = policy;
  }

  /** All identities. */
  @GET
  @Path("identities")
  public List<Identity> all() throws KuraException {
    return identities.getIdentitiesConfiguration(IdentityParts.ALL).stream()
        .map(IdentityParts::json)
        .toList();
  }

  /** Makes an identity that can't log in yet. */
  @POST
  @Path("identities")
  public Response create(Name name) throws KuraException {
    if (!identities.createIdentity(IdentityParts.given(name))) {
      throw new ClientErrorException("there is an identity " + name.name() + " already", 409);
    }
    return Response.ok().build();
  }

  /** Changes the given parts of an identity. */
  @PUT
  @Path("identities")
  public Response update(Identity identity) throws KuraException {
    identities.updateIdentityConfiguration(IdentityParts.configuration(identity));
    return Response.ok().build();
  }

  /** Removes an identity; nobody removes himself. */
  @DELETE
  @Path("identities")
  public Response delete(@Context SecurityContext security, Name name) throws KuraException {
    if (security.getUserPrincipal().getName().equals(IdentityParts.given(name))) {
      throw new ForbiddenException("nobody removes himself; let another administrator do it");
    }
    if (!identities.deleteIdentity(name.name())) {
      throw new NotFoundException("there is no identity " + name.name());
    }
    return Response.ok().build();
  }

  /** One identity. */
  @POST
  @Path("identities/byName")
  public Identity byName(Wish wish) throws KuraException {
    return IdentityParts.json(IdentityParts.find(identities, wish));
  }

  /** What a new identity of this name would begin with. */
  @POST
  @Path("identities/default/byName")
  public Identity defaults(Wish wish) throws KuraException {
    return IdentityParts.json(
        identities.getIdentityDefaultConfiguration(
            IdentityParts.given(wish.identity()), IdentityParts.parts(wish)));
  }

  /** Says whether an identity's parts would be taken. */
  @POST
  @Path("identities/validate")
  public Response validate(Identity identity) throws KuraException {
    IdentityConfiguration configuration = IdentityParts.configuration(identity);
    identities.validateIdentityConfiguration(configuration);
    return Response.ok().build();
  }

  /** All permissions that there are. */
  @GET
  @Path("definedPermissions")
  @RolesAllowed(RestResource.ANY_USER)
  public List<Name> permissions() throws KuraException {
    return IdentityParts.names(identities.getPermissions());
  }

  /** Makes a permission. */
  @POST
  @Path("permissions")
  public Response createPermission(Name name) throws KuraException {
    if (!identities.createPermission(IdentityParts.permission(name))) {
      throw new ClientErrorException("there is a permission " + name.name() + " already", 409);
    }
    return Response.ok().build();
  }

  /** Removes a permission. */
  @DELETE
  @Path("permissions")
  public Response deletePermission(Name name) throws KuraException {
    if (!identities.deletePermission(IdentityParts.permission(name))) {
      throw new NotFoundException("there is no permission " + name.name());
    }
    return Response.ok().build();
  }

  /** What a new password must have. */
  @GET
  @Path("passwordStrenghtRequirements")
  @RolesAllowed(RestResource.ANY_USER)
  public Requirements requirements() throws KuraException {
    return requirements(policy);
  }

  static Requirements requirements(PasswordStrengthVerificationService policy)
      throws KuraException {
    var wanted = policy.getPasswordStrengthRequirements();
    return new Requirements(
        wanted.getPasswordMinimumLength(),
        wanted.digitsRequired(),
        wanted.specialCharactersRequired(),
        wanted.bothCasesRequired());
  }
}

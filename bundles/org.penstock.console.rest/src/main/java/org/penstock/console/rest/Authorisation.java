package org.penstock.console.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.penstock.api.rest.AssetGroups;
import org.penstock.api.rest.RestResource;
import org.penstock.api.security.Caller;

/**
 * Lets a caller through who holds a permission that the resource method, or else its class, names in
 * {@link RolesAllowed}. Default deny: where nothing is declared, or where it is declared by an
 * annotation class of another bundle, nobody gets in. Only {@link PermitAll} on the method itself
 * lets in who is not logged in.
 */
final class Authorisation implements ContainerRequestFilter {

  private static final String CHANGE =
      "the password must be changed first: POST /services/session/v1/changePassword";

  @Context private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Method method = resource.getResourceMethod();
    String path = request.getUriInfo().getPath();
    if (method.isAnnotationPresent(PermitAll.class)) {
      if (request.getHeaderString(HttpDoor.UNREAD) != null) {
        String wanted = "the body is to be read first";
        request.abortWith(Refusal.answer(413, wanted, path).header(HttpDoor.UNREAD, "").build());
      }
      return;
    }
    if (!(request.getSecurityContext().getUserPrincipal() instanceof Caller caller)) {
      Response.ResponseBuilder refused =
          Refusal.answer(401, "log in: no credentials, or wrong ones", path);
      // a page with a login of its own must not be covered by the browser's
      if (request.getHeaderString("X-Requested-With") == null) {
        refused.header(HttpHeaders.WWW_AUTHENTICATE, HttpDoor.CHALLENGE);
      }
      request.abortWith(refused.build());
      return;
    }
    if (caller.passwordChangeNeeded() && !path.startsWith("session/v1/")) {
      request.abortWith(answer(CHANGE, path));
      return;
    }
    boolean ofGroups = resource.getResourceClass().isAnnotationPresent(AssetGroups.class);
    refusal(caller, declared(method, resource.getResourceClass()), ofGroups)
        .ifPresent(why -> request.abortWith(answer(why, path)));
  }

  private static Response answer(String why, String path) {
    return Refusal.answer(403, why, path).build();
  }

  private static Optional<String> refusal(
      Caller caller, List<String> permissions, boolean ofGroups) {
    if (permissions.isEmpty()) {
      return Optional.of("this resource declares no permission, so nobody may");
    }
    boolean allowed =
        permissions.stream()
            .anyMatch(
                p ->
                    p.equals(RestResource.ANY_USER)
                        || caller.may(p)
                        || ofGroups && caller.mayForSome(p));
    return allowed
        ? Optional.empty()
        : Optional.of(
            caller.getName() + " lacks the permission " + String.join(" or ", permissions));
  }

  /** The permissions that the method, or else the class, declares; empty: none is declared. */
  static List<String> declared(Method method, Class<?> resource) {
    RolesAllowed ofMethod = method.getAnnotation(RolesAllowed.class);
    RolesAllowed roles = ofMethod == null ? resource.getAnnotation(RolesAllowed.class) : ofMethod;
    return roles == null ? List.of() : List.of(roles.value());
  }
}

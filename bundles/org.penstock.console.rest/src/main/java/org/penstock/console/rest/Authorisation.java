package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.penstock.api.security.Caller;

/**
 * Lets a caller through who holds a permission that the resource method, or else its class, names in
 * {@link RolesAllowed}. Default deny: where nothing is declared, or where it is declared by an
 * annotation class of another bundle, nobody gets in.
 */
final class Authorisation implements ContainerRequestFilter {

  @Context private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    if (!(request.getSecurityContext().getUserPrincipal() instanceof Caller caller)) {
      request.abortWith(
          refusal(Response.Status.UNAUTHORIZED, "log in: no credentials, or wrong ones"));
      return;
    }
    RolesAllowed declared = declared();
    if (declared == null) {
      request.abortWith(
          refusal(
              Response.Status.FORBIDDEN, "this resource declares no permission, so nobody may"));
      return;
    }
    for (String permission : declared.value()) {
      if (caller.may(permission)) {
        return;
      }
    }
    request.abortWith(
        refusal(
            Response.Status.FORBIDDEN,
            caller.getName() + " lacks the permission " + String.join(" or ", declared.value())));
  }

  private RolesAllowed declared() {
    RolesAllowed ofMethod = resource.getResourceMethod().getAnnotation(RolesAllowed.class);
    return ofMethod == null
        ? resource.getResourceClass().getAnnotation(RolesAllowed.class)
        : ofMethod;
  }

  private static Response refusal(Response.Status status, String message) {
    Response.ResponseBuilder answer =
        Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(new Message(message));
    return status == Response.Status.UNAUTHORIZED
        ? answer.header(HttpHeaders.WWW_AUTHENTICATE, HttpDoor.CHALLENGE).build()
        : answer.build();
  }
}

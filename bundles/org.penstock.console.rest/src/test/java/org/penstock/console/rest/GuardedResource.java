package org.penstock.console.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A resource with all ways to declare. */
@Path("guarded")
@RolesAllowed("rest.guarded")
public final class GuardedResource {
  @GET
  public String ofClass() {
    return "class";
  }

  @GET
  @Path("method")
  @RolesAllowed({"rest.other", "rest.third"})
  public String ofMethod() {
    return "method";
  }

  @GET
  @Path("any")
  @RolesAllowed("**")
  public String anyUser() {
    return "any";
  }

  @GET
  @Path("open")
  @PermitAll
  public String open() {
    return "open";
  }
}

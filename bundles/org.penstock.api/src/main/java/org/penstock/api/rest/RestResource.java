package org.penstock.api.rest;

/**
 * How an add-on offers a REST resource: an object with Jakarta REST annotations, registered as an
 * OSGi service with the property {@link #PROPERTY}. Its {@code @Path} is relative to {@code
 * /services/}; one that begins with {@code api/} is reached at {@code /api/...} instead. Each
 * resource method, or else its class, declares in {@code jakarta.annotation.security.RolesAllowed}
 * the permissions of which the caller needs one; what declares nothing is refused to everybody.
 */
public final class RestResource {

  /** The service property, as a DS component states it. */
  public static final String PROPERTY = "penstock.rest=true";

  /** In {@code RolesAllowed}: anybody who is logged in. */
  public static final String ANY_USER = "**";

  private RestResource() {}
}

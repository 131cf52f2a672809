package org.penstock.console.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;

/**
 * Refuses a request without body and media type where a body is expected: no reader is asked then, and
 * the resource would be handed null. Bytes and texts are left to their resource.
 */
@Priority(Priorities.USER + 1) // whoever may not call is told that first
final class MissingBody implements ContainerRequestFilter {

  @Context private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getMediaType() == null
        && !request.hasEntity()
        && expectsBody(resource.getResourceMethod())) {
      String path = request.getUriInfo().getPath();
      request.abortWith(Refusal.answer(400, JsonBody.EMPTY, path).build());
    }
  }

  /** A parameter that no annotation takes from elsewhere is the body. */
  private static boolean expectsBody(Method method) {
    return Arrays.stream(method.getParameters())
        .filter(parameter -> parameter.getAnnotations().length == 0)
        .map(Parameter::getType)
        .anyMatch(type -> type != byte[].class && type != String.class);
  }
}

package org.penstock.console.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.stream.Collectors;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraPartialSuccessException;
import org.glassfish.jersey.server.ParamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a resource throws into an answer with a message; what nobody foresaw is logged. */
final class Errors implements ExceptionMapper<Throwable> {

  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

  @Context private UriInfo uri;

  @Override
  public Response toResponse(Throwable error) {
    if (error instanceof ParamException.QueryParamException e) { // Jersey would say 404
      return Refusal.answer(
              400, "the query parameter " + e.getParameterName() + " can't be read", uri.getPath())
          .build();
    }
    if (error instanceof WebApplicationException e) {
      Response given = e.getResponse();
      return given.hasEntity() ? given : answer(given, e.getMessage());
    }
    if (error instanceof KuraPartialSuccessException e) {
      return Refusal.answer(status(e), words(e), uri.getPath()).build();
    }
    if (error instanceof KuraException e) {
      return Refusal.answer(status(e.getCode()), e.getMessage(), uri.getPath()).build();
    }
    LOG.error("a request failed", error);
    String kind = error.getClass().getSimpleName();
    return Refusal.answer(500, "internal error, see the log: " + kind, uri.getPath()).build();
  }

  /** Keeps the headers, among them Allow of a 405. */
  private Response answer(Response given, String message) {
    String path = uri.getPath();
    String text =
        switch (given.getStatus()) {
          case 404 -> message.endsWith(" Not Found") ? "there is nothing at " + path : message;
          case 405 -> path + " takes another method: " + given.getHeaderString("Allow");
          case 415 -> path + " takes a body with Content-Type application/json";
          default -> message;
        };
    return Response.fromResponse(given)
        .type(Refusal.type(path))
        .entity(Refusal.body(given.getStatus(), text, path))
        .build();
  }

  /** What failed with what; the message alone tells of no reason. */
  private static String words(KuraPartialSuccessException error) {
    return error.getCauses().stream()
        .map(cause -> String.valueOf(cause.getMessage()))
        .collect(Collectors.joining("; ", error.getMessage() + ": ", ""));
  }

  /** The caller's fault when each part of it was. */
  private static int status(KuraPartialSuccessException error) {
    return error.getCauses().stream()
        .mapToInt(cause -> cause instanceof KuraException e ? status(e.getCode()) : 500)
        .max()
        .orElse(500);
  }

  private static int status(KuraErrorCode code) {
    return switch (code) {
      case NOT_FOUND, CONFIGURATION_SNAPSHOT_NOT_FOUND -> 404;
      case BAD_REQUEST, CONFIGURATION_ERROR, INVALID_PARAMETER -> 400;
      case CONFIGURATION_ATTRIBUTE_INVALID, CONFIGURATION_REQUIRED_ATTRIBUTE_MISSING -> 400;
      default -> 500;
    };
  }
}

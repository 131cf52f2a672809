package org.penstock.console.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a resource throws into an answer with a message; what nobody foresaw is logged. */
final class Errors implements ExceptionMapper<Throwable> {

  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

  @Override
  public Response toResponse(Throwable error) {
    if (error instanceof WebApplicationException e) {
      Response given = e.getResponse();
      return given.hasEntity() ? given : answer(given.getStatus(), e.getMessage());
    }
    if (error instanceof KuraException e) {
      return answer(status(e.getCode()), e.getMessage());
    }
    LOG.error("a request failed", error);
    return answer(
        Response.Status.INTERNAL_SERVER_ERROR.getStatusCode(),
        "internal error, see the log: " + error.getClass().getSimpleName());
  }

  private static int status(KuraErrorCode code) {
    if (code == KuraErrorCode.NOT_FOUND) {
      return Response.Status.NOT_FOUND.getStatusCode();
    }
    boolean callers =
        code == KuraErrorCode.BAD_REQUEST || code == KuraErrorCode.CONFIGURATION_ERROR;
    return callers
        ? Response.Status.BAD_REQUEST.getStatusCode()
        : Response.Status.INTERNAL_SERVER_ERROR.getStatusCode();
  }

  private static Response answer(int status, String message) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(new Message(message))
        .build();
  }
}

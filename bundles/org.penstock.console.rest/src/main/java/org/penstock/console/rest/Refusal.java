package org.penstock.console.rest;

import com.google.gson.JsonObject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/**
 * The body of an error: Kura's {@code {"message":..}} under {@code /services}, and problem details
 * (RFC 9457) with the same member {@code message} under {@code /api}.
 */
final class Refusal {

  /** The media type of problem details. */
  static final MediaType PROBLEM = new MediaType("application", "problem+json");

  private Refusal() {}

  /**
   * An answer that is not finished.
   *
   * @param message what is wrong, where, and what to do
   * @param path of the request, relative to {@code /services/}
   */
  static Response.ResponseBuilder answer(int status, String message, String path) {
    return Response.status(status)
        .type(type(path))
        .entity(body(status, message, path).getBytes(StandardCharsets.UTF_8));
  }

  static MediaType type(String path) {
    return isOurs(path) ? PROBLEM : MediaType.APPLICATION_JSON_TYPE;
  }

  static String body(int status, String message, String path) {
    JsonObject json = new JsonObject();
    json.addProperty("message", message);
    if (isOurs(path)) {
      Response.Status known = Response.Status.fromStatusCode(status);
      json.addProperty("type", "about:blank");
      json.addProperty("title", known == null ? "Error " + status : known.getReasonPhrase());
      json.addProperty("status", status);
      json.addProperty("detail", message);
    }
    return json.toString();
  }

  private static boolean isOurs(String path) {
    return path.startsWith("api/") || path.startsWith("/api/");
  }
}

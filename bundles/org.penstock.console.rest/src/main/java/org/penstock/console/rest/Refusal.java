package org.penstock.console.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.penstock.api.configuration.Problem;

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

  /** 400 with each fault of a configuration in the member {@code errors}. */
  static Response.ResponseBuilder faults(ConfigurationEdits.Faulty faulty, String path) {
    JsonObject json =
        JsonParser.parseString(body(400, faulty.getMessage(), path)).getAsJsonObject();
    JsonArray errors = new JsonArray();
    for (Problem problem : faulty.problems()) {
      JsonObject error = new JsonObject();
      error.addProperty("pid", problem.pid());
      error.addProperty("attribute", problem.attribute());
      error.addProperty("given", problem.given());
      error.addProperty("allowed", problem.allowed().replaceFirst("^allowed: ", ""));
      errors.add(error);
    }
    json.add("errors", errors);
    return Response.status(400)
        .type(type(path))
        .entity(json.toString().getBytes(StandardCharsets.UTF_8));
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

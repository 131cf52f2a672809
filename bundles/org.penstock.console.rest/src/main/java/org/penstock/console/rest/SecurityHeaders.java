package org.penstock.console.rest;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/** Headers of every answer that keep browsers from being used against the gateway. */
final class SecurityHeaders {

  private static final Map<String, String> ALL =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer",
          "Strict-Transport-Security", "max-age=31536000",
          "Cross-Origin-Resource-Policy", "same-origin");

  private SecurityHeaders() {}

  static void set(HttpServletResponse response) {
    ALL.forEach(response::setHeader);
    if (!response.containsHeader("Cache-Control")) {
      response.setHeader("Cache-Control", "no-store");
    }
  }
}

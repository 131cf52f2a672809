package org.penstock.console.web;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Serves the console: files under {@code /console/assets} for ever, and for every other path the one
 * page, with a content security policy whose nonce is new each time.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/console/*", "/"})
public final class ConsoleServlet extends HttpServlet {

  static final String ROOT = "/console";

  private static final long serialVersionUID = 1L;
  private static final String PLACEHOLDER = "__CSP_NONCE__";
  private static final int NONCE_BYTES = 18;
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "woff2", "font/woff2",
          "json", "application/json");

  private final transient Bundle bundle;
  private final transient SecureRandom random = new SecureRandom();

  /** Called by the component runtime. */
  @Activate
  public ConsoleServlet(BundleContext context) {
    bundle = context.getBundle();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getRequestURI();
    if (!path.startsWith(ROOT + "/")) {
      if (path.equals("/") || path.equals(ROOT)) {
        response.sendRedirect(ROOT + "/");
      } else {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
      }
      return;
    }
    String name = path.substring(ROOT.length() + 1);
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      page(response);
    } else {
      file(name, type, request, response);
    }
  }

  /** Files are named by their content, but for the few at the top. */
  private void file(
      String name, String type, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    URL entry = name.contains("..") ? null : bundle.getEntry("console/" + name);
    URL packed = entry == null ? null : bundle.getEntry("console/" + name + ".gz");
    if (packed != null) {
      response.setHeader("Vary", "Accept-Encoding");
      if (String.valueOf(request.getHeader("Accept-Encoding")).contains("gzip")) {
        response.setHeader("Content-Encoding", "gzip");
        entry = packed;
      }
    }
    if (entry == null) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.setContentType(type);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(
        "Cache-Control",
        name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    try (InputStream in = entry.openStream();
        OutputStream out = response.getOutputStream()) {
      in.transferTo(out);
    }
  }

  private void page(HttpServletResponse response) throws IOException {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    String nonce = Base64.getEncoder().encodeToString(bytes);
    URL entry = bundle.getEntry("console/index.html");
    if (entry == null) {
      response.sendError(
          HttpServletResponse.SC_NOT_FOUND, "this build has no console (-Dskip.console)");
      return;
    }
    String html;
    try (InputStream in = entry.openStream()) {
      html = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace(PLACEHOLDER, nonce);
    }
    response.setContentType("text/html; charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Content-Security-Policy", policy(nonce));
    response.getOutputStream().write(html.getBytes(StandardCharsets.UTF_8));
  }

  /** Scripts only from here; styles from here or with the nonce; nothing from anywhere else. */
  static String policy(String nonce) {
    return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-"
        + nonce
        + "'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self';"
        + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  }
}

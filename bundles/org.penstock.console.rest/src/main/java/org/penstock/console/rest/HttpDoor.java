package org.penstock.console.rest;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.penstock.api.rest.Dispatcher;
import org.penstock.api.rest.RestAnswer;
import org.penstock.api.security.Authenticator;
import org.penstock.api.security.Caller;

/** The HTTP door to the dispatcher: basic authentication, bodies of 8 MiB at most. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/services/*", "/api/*"})
public final class HttpDoor extends HttpServlet {

  static final String CHALLENGE = "Basic realm=\"penstock\", charset=\"UTF-8\"";

  private static final long serialVersionUID = 1L;
  private static final int MAX_BODY = 8 << 20;
  private static final String SCHEME = "Basic ";

  private final transient Dispatcher dispatcher;
  private final transient Authenticator authenticator;

  /** Called by the component runtime. */
  @Activate
  public HttpDoor(@Reference Dispatcher dispatcher, @Reference Authenticator authenticator) {
    this.dispatcher = dispatcher;
    this.authenticator = authenticator;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
    RestAnswer answer =
        body.length > MAX_BODY
            ? JerseyEngine.text(413, "the body is larger than " + (MAX_BODY >> 20) + " MiB")
            : dispatcher.dispatch(
                caller(request).orElse(null),
                request.getMethod(),
                path(request),
                headers(request),
                body);
    response.setStatus(answer.status());
    answer
        .headers()
        .forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }

  private Optional<Caller> caller(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    byte[] pair;
    try {
      pair = Base64.getDecoder().decode(header.substring(SCHEME.length()).trim());
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not Base64: the same as wrong credentials
    }
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(pair));
    char[] chars = new char[text.remaining()];
    text.get(chars);
    int colon = indexOfColon(chars);
    if (colon < 0) {
      return Optional.empty();
    }
    char[] password = Arrays.copyOfRange(chars, colon + 1, chars.length);
    try {
      return authenticator.authenticate(new String(chars, 0, colon), password);
    } finally {
      Arrays.fill(password, '\0');
      Arrays.fill(chars, '\0');
      Arrays.fill(pair, (byte) 0);
    }
  }

  private static int indexOfColon(char[] chars) {
    for (int i = 0; i < chars.length; i++) {
      if (chars[i] == ':') {
        return i;
      }
    }
    return -1;
  }

  private static String path(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
  }

  private static Map<String, List<String>> headers(HttpServletRequest request) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      if (!"authorization".equalsIgnoreCase(name)) {
        headers.put(name, Collections.list(request.getHeaders(name)));
      }
    }
    return headers;
  }
}

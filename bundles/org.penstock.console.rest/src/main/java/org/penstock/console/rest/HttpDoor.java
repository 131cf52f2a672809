package org.penstock.console.rest;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.penstock.api.rest.Dispatcher;
import org.penstock.api.rest.RestAnswer;
import org.penstock.api.security.Authenticator;
import org.penstock.api.security.Caller;
import org.penstock.console.rest.Entrance.Visitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP door to the dispatcher: finds out who asks, keeps the limits, writes the audit log. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/services/*", "/api/*"})
@HttpWhiteboardServletAsyncSupported
public final class HttpDoor extends HttpServlet {

  static final String CHALLENGE = "Basic realm=\"penstock\", charset=\"UTF-8\"";

  /** Header by which the door tells a resource the client's address. */
  static final String ADDRESS = "penstock-address";

  /** Header by which the door tells the login whom the client's certificate names. */
  static final String CERTIFIED = "penstock-certified";

  private static final Logger AUDIT = LoggerFactory.getLogger("AuditLogger");
  private static final long serialVersionUID = 1L;
  private static final String OWN = "penstock-";
  private static final String CERTIFICATE_LOGIN = "/services/session/v1/login/certificate";

  private final transient Dispatcher dispatcher;
  private final transient EventStreams streams;
  private final transient Entrance entrance;
  private final transient Limits limits = new Limits(System::nanoTime);

  /** Called by the component runtime. */
  @Activate
  public HttpDoor(
      @Reference Dispatcher dispatcher,
      @Reference Authenticator authenticator,
      @Reference Sessions sessions,
      @Reference EventStreams streams) {
    this.dispatcher = dispatcher;
    this.streams = streams;
    entrance = new Entrance(authenticator, sessions);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      limits.admit(request);
      Visitor visitor = entrance.visitor(request);
      byte[] body = limits.body(request, visitor.caller().isPresent());
      RestAnswer answer = inTurn(request, visitor, body);
      List<String> ticket = answer.headers().get(EventStreams.HEADER);
      if (ticket == null) {
        send(answer, request, response);
      } else {
        streams.open(ticket.get(0), request, response, visitor.again());
      }
    } catch (Limits.Exceeded e) {
      send(Refusals.answer(e, request.getRequestURI()), request, response);
    }
  }

  private RestAnswer inTurn(HttpServletRequest request, Visitor visitor, byte[] body)
      throws Limits.Exceeded {
    boolean turn = limits.turn(request);
    try {
      return answer(request, visitor, body);
    } finally {
      if (turn) {
        limits.done();
      }
    }
  }

  private RestAnswer answer(HttpServletRequest request, Visitor visitor, byte[] body) {
    RestAnswer answer =
        dispatcher.dispatch(
            visitor.caller().orElse(null),
            request.getMethod(),
            path(request),
            headers(request, visitor),
            body);
    audit(request, visitor, answer);
    return visitor.retryAfter().isZero() || answer.status() != 401
        ? answer
        : Refusals.withRetryAfter(answer, visitor.retryAfter());
  }

  private static void audit(HttpServletRequest request, Visitor visitor, RestAnswer answer) {
    boolean reads = "GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod());
    boolean wrong = answer.status() == 401 && request.getHeader("Authorization") != null;
    if (visitor.lookedAt() && (!reads || wrong)) {
      AUDIT.info(
          "{} {} {} {} {}",
          request.getRemoteAddr(),
          visitor.caller().map(Caller::getName).orElse("-"),
          request.getMethod(),
          printable(request.getRequestURI()),
          answer.status());
    }
  }

  private static String printable(String path) {
    return path.replaceAll("[^!-~]", "?");
  }

  private static void send(
      RestAnswer answer, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(answer.status());
    answer
        .headers()
        .forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    SecurityHeaders.set(response);
    response.setContentLength(answer.body().length);
    if (answer.body().length >= LargeAnswer.LARGE) {
      LargeAnswer.write(request, answer.body());
    } else {
      response.getOutputStream().write(answer.body());
    }
  }

  private static String path(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
  }

  private Map<String, List<String>> headers(HttpServletRequest request, Visitor visitor) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!lower.equals("authorization") && !lower.equals("cookie") && !lower.startsWith(OWN)) {
        headers.put(name, Collections.list(request.getHeaders(name)));
      }
    }
    headers.put(ADDRESS, List.of(request.getRemoteAddr()));
    headers.put(Sessions.HEADER, List.of(visitor.session()));
    headers.put(TokensResource.HEADER, List.of(visitor.token()));
    if (request.getRequestURI().equals(CERTIFICATE_LOGIN)) {
      Optional<Caller> certified = entrance.certificate(request);
      certified.ifPresent(c -> headers.put(CERTIFIED, List.of(c.getName())));
    }
    return headers;
  }
}

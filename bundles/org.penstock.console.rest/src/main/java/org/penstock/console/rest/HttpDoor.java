package org.penstock.console.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.penstock.api.rest.Dispatcher;
import org.penstock.api.rest.RestAnswer;
import org.penstock.api.security.Authenticator;
import org.penstock.api.security.Caller;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.penstock.console.rest.Entrance.Visitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP door to the dispatcher: finds out who asks, keeps the limits, writes the audit log. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/services/*", "/api/*"})
@HttpWhiteboardServletAsyncSupported
public final class HttpDoor extends HttpServlet {

  /** One request, whose body is here. */
  private record Asked(
      HttpServletRequest request, HttpServletResponse response, Visitor visitor, byte[] body) {}

  /** What a thread of the server does later. */
  private interface Work {
    void run() throws IOException;
  }

  static final String CHALLENGE = "Basic realm=\"penstock\", charset=\"UTF-8\"";

  /** Header by which the door tells a resource the client's address. */
  static final String ADDRESS = "penstock-address";

  /**
   * Header by which the door asks, with no body, whether anybody may; and by which the dispatcher
   * says so.
   */
  static final String UNREAD = "penstock-unread";

  /** Header by which the door tells the login whom the client's certificate names. */
  static final String CERTIFIED = "penstock-certified";

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);
  private static final Logger AUDIT = LoggerFactory.getLogger("AuditLogger");
  private static final long serialVersionUID = 1L;
  private static final String OWN = "penstock-";
  private static final String CERTIFICATE_LOGIN = "/services/session/v1/login/certificate";

  private final transient Dispatcher dispatcher;
  private final transient EventStreams streams;
  private final transient Entrance entrance;
  private final transient Limits limits = new Limits(System::nanoTime);
  private final transient Turns turns = new Turns(System::nanoTime);
  private final transient Strand strand;

  /** Called by the component runtime. */
  @Activate
  public HttpDoor(
      @Reference Dispatcher dispatcher,
      @Reference Authenticator authenticator,
      @Reference Sessions sessions,
      @Reference EventStreams streams,
      @Reference Strands strands) {
    this.dispatcher = dispatcher;
    this.streams = streams;
    entrance = new Entrance(authenticator, sessions);
    strand = strands.open("console/rest/turns");
    strand.every(LOOK, LOOK, turns::look);
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    strand.close();
    turns.close();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      limits.admit(request);
      Visitor visitor = entrance.visitor(request);
      boolean known = visitor.caller().isPresent();
      Optional<RestAnswer> refusal =
          known || !Limits.hasBody(request) ? Optional.empty() : refusal(request, visitor);
      if (refusal.isPresent()) {
        if (!Limits.skipped(request)) {
          response.setHeader("Connection", "close"); // what comes is no request
        }
        send(refusal.get(), request, response);
      } else {
        inTurn(new Asked(request, response, visitor, limits.body(request, known)));
      }
    } catch (Limits.Exceeded e) {
      send(Refusals.answer(e, request.getRequestURI()), request, response);
    }
  }

  /** Serves at once, or later, and gives the thread back meanwhile. */
  private void inTurn(Asked asked) throws IOException {
    String path = asked.request().getRequestURI();
    Turns.Kind kind = Turns.Kind.of(asked.request().getMethod(), path);
    String application = Workers.application(path);
    Optional<Turns.Turn> turn = turns.take(kind, application);
    if (turn.isPresent()) {
      serve(asked, turn.get());
      return;
    }
    AsyncContext context = asked.request().startAsync();
    context.setTimeout(0);
    boolean waits =
        turns.await(
            kind,
            application,
            free -> later(context, () -> serve(asked, free)),
            () -> later(context, () -> refuse(asked)));
    if (waits) {
      turns.look(); // a turn may have become free meanwhile
    } else {
      refuse(asked);
    }
  }

  /** Begins in a thread of the server; false when the client has gone, or the server stops. */
  private static boolean later(AsyncContext context, Work work) {
    try {
      context.start(
          () -> {
            boolean done = false;
            try {
              work.run();
              done = true;
            } catch (IOException e) {
              LOG.debug("a client that waited has gone", e);
            } finally {
              if (!done) {
                end(context);
              }
            }
          });
      return true;
    } catch (IllegalStateException | RejectedExecutionException e) {
      return false;
    }
  }

  private static void end(AsyncContext context) {
    try {
      context.complete();
    } catch (IllegalStateException e) {
      LOG.debug("it is complete already", e);
    }
  }

  private static void refuse(Asked asked) throws IOException {
    Limits.Exceeded late =
        new Limits.Exceeded(503, Duration.ofSeconds(1), "too many requests wait; try again");
    send(Refusals.answer(late, asked.request().getRequestURI()), asked.request(), asked.response());
  }

  private void serve(Asked asked, Turns.Turn turn) throws IOException {
    RestAnswer answer;
    try {
      answer = answer(asked.request(), asked.visitor(), asked.body());
    } finally {
      turn.end();
    }
    List<String> ticket = answer.headers().get(EventStreams.HEADER);
    if (ticket == null) {
      send(answer, asked.request(), asked.response());
    } else {
      streams.open(ticket.get(0), asked.request(), asked.response(), asked.visitor().again());
    }
  }

  /** What somebody unknown gets without a look at his body; empty when anybody may. */
  private Optional<RestAnswer> refusal(HttpServletRequest request, Visitor visitor) {
    Map<String, List<String>> headers = headers(request, visitor);
    headers.put(UNREAD, List.of(""));
    RestAnswer answer =
        dispatcher.dispatch(null, request.getMethod(), path(request), headers, new byte[0]);
    return answer.headers().containsKey(UNREAD)
        ? Optional.empty()
        : Optional.of(audited(request, visitor, answer));
  }

  private RestAnswer answer(HttpServletRequest request, Visitor visitor, byte[] body) {
    RestAnswer answer =
        dispatcher.dispatch(
            visitor.caller().orElse(null),
            request.getMethod(),
            path(request),
            headers(request, visitor),
            body);
    return audited(request, visitor, answer);
  }

  private static RestAnswer audited(
      HttpServletRequest request, Visitor visitor, RestAnswer answer) {
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
      AsyncRequests.complete(request);
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

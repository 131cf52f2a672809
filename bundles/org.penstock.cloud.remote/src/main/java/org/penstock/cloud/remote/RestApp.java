package org.penstock.cloud.remote;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.penstock.api.rest.Dispatcher;
import org.penstock.api.rest.RestAnswer;
import org.penstock.api.security.Caller;

/**
 * A REST resource over MQTT: the levels of the topic are the path, the body is the body, the status
 * is the response code. The caller has the permissions of this application and no others.
 */
final class RestApp implements RequestHandler {

  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain";
  private static final int UNSUPPORTED = 415;

  /** What changes configurations of any component, and so may cut the way it came on. */
  private static final Set<String> CUTTING =
      Set.of(
          "PUT /services/configuration/v2/configurableComponents/configurations/_update",
          "POST /services/configuration/v2/factoryComponents",
          "DELETE /services/configuration/v2/factoryComponents/byPid",
          "POST /services/configuration/v2/snapshots/_rollback",
          "POST /services/configuration/v2/snapshots/byId/_rollback",
          "PUT /services/cloudconnection/v1/configurations",
          "PUT /services/wire/v1/graph/snapshot",
          "PUT /services/wire/v1/configs",
          "DELETE /services/wire/v1/configs/byPid");

  private final Dispatcher dispatcher;
  private final ManagementLink link;
  private final String base;
  private final Set<String> permissions;

  /**
   * A resource.
   *
   * @param link undoes what cuts the connection
   * @param base of the path, for example {@code /services/configuration/v2}
   * @param permissions what callers of this application may do
   */
  RestApp(Dispatcher dispatcher, ManagementLink link, String base, Set<String> permissions) {
    this.dispatcher = dispatcher;
    this.link = link;
    this.base = base;
    this.permissions = Set.copyOf(permissions);
  }

  @Override
  public KuraMessage doGet(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    return dispatch("GET", request);
  }

  @Override
  public KuraMessage doPut(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    return dispatch("PUT", request);
  }

  @Override
  public KuraMessage doPost(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    return dispatch("POST", request);
  }

  @Override
  public KuraMessage doDel(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    return dispatch("DELETE", request);
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    return dispatch("POST", request);
  }

  private KuraMessage dispatch(String method, KuraMessage request) throws KuraException {
    List<String> args = Exchange.args(request);
    if (!CUTTING.contains(method + " " + base + "/" + String.join("/", args))) {
      return dispatched(method, request);
    }
    AtomicReference<KuraMessage> answer = new AtomicReference<>();
    link.guarded(() -> answer.set(dispatched(method, request)));
    return answer.get();
  }

  private KuraMessage dispatched(String method, KuraMessage request) {
    Object requester = request.getPayload().getMetric("requester.client.id");
    byte[] given = request.getPayload().getBody();
    byte[] body = given == null ? new byte[0] : given;
    Caller caller = new Caller("mqtt/" + requester, permissions);
    String path = path(Exchange.args(request));
    RestAnswer answer = dispatcher.dispatch(caller, method, path, headers(JSON), body);
    if (answer.status() == UNSUPPORTED) { // nothing was done; a topic can't say what the body is
      answer = dispatcher.dispatch(caller, method, path, headers(TEXT), body);
    }
    int status = answer.status() / 100 == 2 ? 200 : answer.status();
    return Exchange.answer(status, answer.body());
  }

  private static Map<String, List<String>> headers(String type) {
    return Map.of("Content-Type", List.of(type), "Accept", List.of(JSON));
  }

  /** The levels as a path; what follows a question mark is the query, as in a URL. */
  private String path(List<String> levels) {
    String[] parts = String.join("/", levels).split("\\?", 2);
    String path =
        Arrays.stream(parts[0].split("/", -1))
            .map(RestApp::encoded)
            .collect(Collectors.joining("/", base + "/", ""));
    return parts.length == 1
        ? path
        : Arrays.stream(parts[1].split("&"))
            .map(RestApp::pair)
            .collect(Collectors.joining("&", path + "?", ""));
  }

  private static String pair(String pair) {
    return Arrays.stream(pair.split("=", 2))
        .map(part -> encoded(URLDecoder.decode(part, StandardCharsets.UTF_8)))
        .collect(Collectors.joining("="));
  }

  private static String encoded(String level) {
    return URLEncoder.encode(level, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

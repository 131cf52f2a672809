package org.penstock.cloud.remote;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

  private final Dispatcher dispatcher;
  private final String base;
  private final Set<String> permissions;

  /**
   * A resource.
   *
   * @param base of the path, for example {@code /services/configuration/v2}
   * @param permissions what callers of this application may do
   */
  RestApp(Dispatcher dispatcher, String base, Set<String> permissions) {
    this.dispatcher = dispatcher;
    this.base = base;
    this.permissions = Set.copyOf(permissions);
  }

  @Override
  public KuraMessage doGet(RequestHandlerContext context, KuraMessage request) {
    return dispatch("GET", request);
  }

  @Override
  public KuraMessage doPut(RequestHandlerContext context, KuraMessage request) {
    return dispatch("PUT", request);
  }

  @Override
  public KuraMessage doPost(RequestHandlerContext context, KuraMessage request) {
    return dispatch("POST", request);
  }

  @Override
  public KuraMessage doDel(RequestHandlerContext context, KuraMessage request) {
    return dispatch("DELETE", request);
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request) {
    return dispatch("POST", request);
  }

  private KuraMessage dispatch(String method, KuraMessage request) {
    Object requester = request.getPayload().getMetric("requester.client.id");
    byte[] body = request.getPayload().getBody();
    String path =
        Exchange.args(request).stream()
            .map(RestApp::encoded)
            .collect(Collectors.joining("/", base + "/", ""));
    RestAnswer answer =
        dispatcher.dispatch(
            new Caller("mqtt/" + requester, permissions),
            method,
            path,
            Map.of(
                "Content-Type", List.of("application/json"),
                "Accept", List.of("application/json")),
            body == null ? new byte[0] : body);
    int status = answer.status() / 100 == 2 ? 200 : answer.status();
    return Exchange.answer(status, answer.body());
  }

  private static String encoded(String level) {
    return URLEncoder.encode(level, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

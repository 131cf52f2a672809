package org.penstock.cloud.connection;

import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContextConstants;
import org.eclipse.kura.cloudconnection.request.RequestHandlerMessageConstants;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraResponsePayload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves requests from the cloud with whoever registered for their application id. */
final class Requests {

  /** The metrics that make a message a request, and its sender's client id. */
  static final String ID = "request.id";

  static final String REQUESTER = "requester.client.id";

  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  private final Map<String, RequestHandler> handlers = new ConcurrentSkipListMap<>();
  private final Set<String> others = ConcurrentHashMap.newKeySet();
  private final CloudNotificationPublisher notifier;
  private final String notifierPid;

  /** An answer, and where it goes. */
  record Answer(String requester, String app, String topic, KuraPayload payload) {}

  Requests(CloudNotificationPublisher notifier, String notifierPid) {
    this.notifier = notifier;
    this.notifierPid = notifierPid;
  }

  void add(String app, RequestHandler handler) throws KuraException {
    if (handlers.putIfAbsent(app, handler) != null) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER,
          "a request handler for " + app + " is registered already");
    }
  }

  void remove(String app) {
    handlers.remove(app);
  }

  /** Application ids that are served by a request handler or by an application's own client. */
  Set<String> apps() {
    Set<String> all = new java.util.TreeSet<>(handlers.keySet());
    all.addAll(others);
    return all;
  }

  Set<String> others() {
    return others;
  }

  /** Serves one request; null when nobody is to be answered. */
  Answer serve(Topics.Parts parts, KuraPayload request) {
    RequestHandler handler = handlers.get(parts.app());
    Object id = request.getMetric(ID);
    Object requester = request.getMetric(REQUESTER);
    if (parts.rest().startsWith("REPLY/") || others.contains(parts.app()) && handler == null) {
      return null;
    }
    if (!(id instanceof String requestId) || !(requester instanceof String sender)) {
      return null; // whom to answer is not known
    }
    return new Answer(sender, parts.app(), "REPLY/" + requestId, answer(handler, parts, request));
  }

  private KuraPayload answer(RequestHandler handler, Topics.Parts parts, KuraPayload request) {
    KuraPayload payload;
    try {
      if (handler == null) {
        throw new KuraException(
            KuraErrorCode.NOT_FOUND, "no request handler is registered for " + parts.app());
      }
      KuraMessage answer = call(handler, parts, request);
      payload =
          answer == null || answer.getPayload() == null ? new KuraPayload() : answer.getPayload();
      if (payload.getMetric(KuraResponsePayload.METRIC_RESPONSE_CODE) == null) {
        payload.addMetric(
            KuraResponsePayload.METRIC_RESPONSE_CODE, KuraResponsePayload.RESPONSE_CODE_OK);
      }
    } catch (KuraException e) {
      payload = refusal(code(e.getCode()), e);
    } catch (IllegalArgumentException e) {
      payload = refusal(KuraResponsePayload.RESPONSE_CODE_BAD_REQUEST, e);
    } catch (RuntimeException | LinkageError e) { // foreign code: the handler's
      LOG.error("the request handler of {} failed", parts.app(), e);
      payload = refusal(KuraResponsePayload.RESPONSE_CODE_ERROR, e);
    }
    payload.setTimestamp(new Date());
    return payload;
  }

  private KuraMessage call(RequestHandler handler, Topics.Parts parts, KuraPayload request)
      throws KuraException {
    String[] levels = parts.rest().split("/");
    List<String> resources = List.copyOf(Arrays.asList(levels).subList(1, levels.length));
    KuraMessage message =
        new KuraMessage(
            request, Map.of(RequestHandlerMessageConstants.ARGS_KEY.value(), resources));
    RequestHandlerContext context =
        new RequestHandlerContext(
            notifier,
            Map.of(
                RequestHandlerContextConstants.NOTIFICATION_PUBLISHER_PID.name(), notifierPid,
                RequestHandlerContextConstants.TENANT_ID.name(), parts.account(),
                RequestHandlerContextConstants.DEVICE_ID.name(), parts.device()));
    return switch (levels[0].toUpperCase(Locale.ROOT)) {
      case "GET" -> handler.doGet(context, message);
      case "PUT" -> handler.doPut(context, message);
      case "POST" -> handler.doPost(context, message);
      case "DEL" -> handler.doDel(context, message);
      case "EXEC" -> handler.doExec(context, message);
      default ->
          throw new IllegalArgumentException(
              "the method must be GET, PUT, POST, DEL or EXEC, given: " + levels[0]);
    };
  }

  private static int code(KuraErrorCode code) {
    return switch (code) {
      case BAD_REQUEST -> KuraResponsePayload.RESPONSE_CODE_BAD_REQUEST;
      case NOT_FOUND -> KuraResponsePayload.RESPONSE_CODE_NOTFOUND;
      default -> KuraResponsePayload.RESPONSE_CODE_ERROR;
    };
  }

  private static KuraPayload refusal(int code, Throwable why) {
    KuraResponsePayload payload = new KuraResponsePayload(code);
    payload.setExceptionMessage(String.valueOf(why.getMessage()));
    return payload;
  }
}

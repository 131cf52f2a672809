package org.penstock.cloud.remote;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.audit.AuditConstants;
import org.eclipse.kura.audit.AuditContext;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.message.KuraPayload;

/**
 * Stands before a request handler: lets the named requesters through, and answers a request that is
 * delivered twice with the answer it gave, without doing anything twice. One strand calls it.
 */
final class Guarded implements RequestHandler {

  private interface Call {
    KuraMessage call() throws KuraException;
  }

  private static final int KEPT = 64;

  private final RequestHandler handler;
  private final Set<String> requesters;
  private final Map<String, KuraMessage> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, KuraMessage> eldest) {
          return size() > KEPT;
        }
      };

  Guarded(RequestHandler handler, Set<String> requesters) {
    this.handler = handler;
    this.requesters = Set.copyOf(requesters);
  }

  @Override
  public KuraMessage doGet(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    check(request);
    return audited(request, () -> handler.doGet(context, request));
  }

  @Override
  public KuraMessage doPut(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    return once(request, () -> handler.doPut(context, request));
  }

  @Override
  public KuraMessage doPost(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    return once(request, () -> handler.doPost(context, request));
  }

  @Override
  public KuraMessage doDel(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    return once(request, () -> handler.doDel(context, request));
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    return once(request, () -> handler.doExec(context, request));
  }

  private KuraMessage once(KuraMessage request, Call call) throws KuraException {
    check(request);
    KuraPayload payload = request.getPayload();
    String key =
        payload.getMetric("requester.client.id")
            + "\n"
            + payload.getMetric("request.id")
            + "\n"
            + String.join("/", Exchange.args(request));
    synchronized (answers) {
      KuraMessage given = answers.get(key);
      if (given == null) {
        given = audited(request, call);
        answers.put(key, given);
      }
      return given;
    }
  }

  /** Says for the audit log who asked, and that it came over the cloud. */
  private static KuraMessage audited(KuraMessage request, Call call) throws KuraException {
    Object requester = request.getPayload().getMetric("requester.client.id");
    Map<String, String> properties = new HashMap<>();
    properties.put(AuditConstants.KEY_ENTRY_POINT.getValue(), "CloudConnection");
    if (requester != null) {
      properties.put(AuditConstants.KEY_IDENTITY.getValue(), requester.toString());
    }
    try (AuditContext.Scope scope = AuditContext.openScope(new AuditContext(properties))) {
      return call.call();
    }
  }

  private void check(KuraMessage request) throws KuraException {
    Object requester = request.getPayload().getMetric("requester.client.id");
    if (!requesters.isEmpty() && !requesters.contains(String.valueOf(requester))) {
      throw new KuraException(
          KuraErrorCode.SECURITY_EXCEPTION,
          requester + " is not among the requesters that the configuration allows");
    }
  }
}

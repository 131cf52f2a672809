package org.penstock.cloud.remote;

import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContextConstants;
import org.eclipse.kura.message.KuraPayload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the sender of one request of DEPLOY-V2 how it goes. */
final class DeployNotices {

  private static final Logger LOG = LoggerFactory.getLogger(DeployNotices.class);

  private final RequestHandlerContext context;
  private final String requester;
  private final long job;
  private final String name;
  private final String version;

  DeployNotices(
      RequestHandlerContext context, String requester, long job, String name, String version) {
    this.context = context;
    this.requester = requester;
    this.job = job;
    this.name = name;
    this.version = version;
  }

  /** The metrics of a download's state, as told and as asked for. */
  static void download(
      KuraPayload payload, long bytes, long total, String status, String error, int index) {
    payload.addMetric("dp.download.size", (int) Math.max(0, total));
    payload.addMetric("dp.download.progress", percent(bytes, total));
    payload.addMetric("dp.download.status", status);
    payload.addMetric("dp.download.index", index);
    if (!error.isEmpty()) {
      payload.addMetric("dp.download.error.message", error);
    }
  }

  private static int percent(long bytes, long total) {
    return total <= 0 ? 0 : (int) (100 * bytes / total);
  }

  void downloading(long bytes, long total, String status, String error, int index) {
    KuraPayload payload = new KuraPayload();
    download(payload, bytes, total, status, error, index);
    send("download", payload);
  }

  /** The state of an installation. */
  void installing(String status, int progress, String error) {
    changing("install", status, progress, error);
  }

  /** The state of a removal. */
  void uninstalling(String status, int progress, String error) {
    changing("uninstall", status, progress, error);
  }

  private void changing(String what, String status, int progress, String error) {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("dp." + what + ".status", status);
    payload.addMetric("dp." + what + ".progress", progress);
    if (!error.isEmpty()) {
      payload.addMetric("dp." + what + ".error.message", error);
    }
    send(what, payload);
  }

  private void send(String messageType, KuraPayload payload) {
    payload.setTimestamp(new Date());
    payload.addMetric("job.id", job);
    payload.addMetric("dp.name", name);
    if (!version.isEmpty()) {
      payload.addMetric("dp.version", version);
    }
    String device =
        context.getContextProperties().get(RequestHandlerContextConstants.DEVICE_ID.name());
    payload.addMetric("client.id", device == null ? "" : device);
    Map<String, Object> properties = new HashMap<>();
    properties.put("appId", DeployApp.ID);
    properties.put("messageType", messageType);
    properties.put("requestorClientId", requester);
    try {
      context.getNotificationPublisher().publish(new KuraMessage(payload, properties));
    } catch (KuraException e) {
      LOG.warn("the sender of job {} can't be told: {}", job, e.getMessage());
    }
  }
}

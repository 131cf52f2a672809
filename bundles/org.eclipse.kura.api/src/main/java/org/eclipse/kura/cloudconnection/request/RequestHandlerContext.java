package org.eclipse.kura.cloudconnection.request;

import java.util.Map;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import org.osgi.annotation.versioning.ProviderType;

/** What a request handler knows of the connection that a request came by. */
@ProviderType
public class RequestHandlerContext {

  private CloudNotificationPublisher notificationPublisher;
  private Map<String, String> contextProperties;

  public RequestHandlerContext(
      CloudNotificationPublisher cloudNotificationPublisher, Map<String, String> properties) {
    this.notificationPublisher = cloudNotificationPublisher;
    this.contextProperties = properties;
  }

  public CloudNotificationPublisher getNotificationPublisher() {
    return notificationPublisher;
  }

  public Map<String, String> getContextProperties() {
    return contextProperties;
  }
}

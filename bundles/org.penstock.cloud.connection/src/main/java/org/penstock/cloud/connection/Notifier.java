package org.penstock.cloud.connection;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import org.eclipse.kura.message.KuraPayload;

/** Tells a requester what became of its request. Any thread may call. */
final class Notifier implements CloudNotificationPublisher {

  /** Kura's pid. */
  static final String PID = "org.eclipse.kura.cloud.publisher.CloudNotificationPublisher";

  /** Sends to a client of the same account. */
  @FunctionalInterface
  interface Road {
    void send(String client, String app, String messageType, KuraPayload payload)
        throws KuraException;
  }

  private final Road road;
  private final List<CloudConnectionListener> connection;
  private final List<CloudDeliveryListener> deliveries = new CopyOnWriteArrayList<>();

  Notifier(Road road, List<CloudConnectionListener> connection) {
    this.road = road;
    this.connection = connection;
  }

  @Override
  public String publish(KuraMessage message) throws KuraException {
    if (message == null) {
      throw new IllegalArgumentException("there is no message");
    }
    Map<String, Object> properties = message.getProperties();
    road.send(
        text(properties, "requestorClientId"),
        text(properties, "appId"),
        text(properties, "messageType"),
        message.getPayload());
    return null; // QoS 0
  }

  private static String text(Map<String, Object> properties, String key) {
    if (properties.get(key) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw new IllegalArgumentException("the message property " + key + " is missing");
  }

  @Override
  public void registerCloudConnectionListener(CloudConnectionListener listener) {
    connection.add(listener);
  }

  @Override
  public void unregisterCloudConnectionListener(CloudConnectionListener listener) {
    connection.remove(listener);
  }

  @Override
  public void registerCloudDeliveryListener(CloudDeliveryListener listener) {
    deliveries.add(listener); // QoS 0: nothing is ever confirmed
  }

  @Override
  public void unregisterCloudDeliveryListener(CloudDeliveryListener listener) {
    deliveries.remove(listener);
  }
}

package org.penstock.cloud.connection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** Kura's publisher: application id and topic of a cloud connection. Any thread may call. */
@Component(
    name = KuraPublisher.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {CloudPublisher.class, ConfigurableComponent.class},
    property = {
      "cloud.connection.factory.pid=" + CloudServiceEndpoint.PID,
      "kura.ui.service.hide=true",
      "kura.ui.factory.hide=true"
    })
@Designate(ocd = PublisherConfig.class, factory = true)
public final class KuraPublisher implements CloudPublisher, ConfigurableComponent {

  /** Kura's factory pid. */
  static final String PID = "org.eclipse.kura.cloud.publisher.CloudPublisher";

  private final PublisherConfig config;
  private final TopicTemplate topic;
  private final Delivery.Storing storing;
  private final List<CloudDeliveryListener> listeners = new CopyOnWriteArrayList<>();
  private final CloudDeliveryListener confirmed =
      id -> listeners.forEach(l -> l.onMessageConfirmed(id));
  private final EndpointTracker endpoint;

  /** Called by the component runtime. */
  @Activate
  public KuraPublisher(
      BundleContext context, PublisherConfig config, Map<String, Object> properties) {
    this.config = config;
    this.topic = new TopicTemplate(config.app_topic());
    this.storing =
        new Delivery.Storing(
            String.valueOf(properties.get("kura.service.pid")),
            config.durability(),
            config.newest_first());
    this.endpoint =
        new EndpointTracker(
            context,
            String.valueOf(properties.get(EndpointTracker.ENDPOINT)),
            this::came,
            gone -> gone.unregisterCloudDeliveryListener(confirmed));
  }

  private void came(CloudEndpoint arrived) {
    if (arrived instanceof SelectiveEndpoint selective) {
      selective.registerCloudDeliveryListener(confirmed, t -> t.contains(config.appId()));
    } else {
      arrived.registerCloudDeliveryListener(confirmed);
    }
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    endpoint.close();
  }

  @Override
  public String publish(KuraMessage message) throws KuraException {
    if (message == null) {
      throw new IllegalArgumentException("there is no message to publish");
    }
    CloudEndpoint target = endpoint.need();
    Map<String, Object> delivery =
        new Delivery(
                config.appId(),
                topic.fill(message.getProperties()),
                config.qos(),
                config.retain(),
                config.priority(),
                "control".equals(config.message_type()),
                storing)
            .properties();
    if (target instanceof SelectiveEndpoint) {
      // the values of thousand channels need not be copied beside the payload
      return target.publish(new KuraMessage(message.getPayload(), delivery));
    }
    Map<String, Object> properties = new HashMap<>(message.getProperties());
    properties.putAll(delivery);
    return target.publish(new KuraMessage(message.getPayload(), properties));
  }

  @Override
  public void registerCloudConnectionListener(CloudConnectionListener listener) {
    endpoint.listeners().add(listener);
  }

  @Override
  public void unregisterCloudConnectionListener(CloudConnectionListener listener) {
    endpoint.listeners().remove(listener);
  }

  @Override
  public void registerCloudDeliveryListener(CloudDeliveryListener listener) {
    listeners.add(listener);
  }

  @Override
  public void unregisterCloudDeliveryListener(CloudDeliveryListener listener) {
    listeners.remove(listener);
  }
}

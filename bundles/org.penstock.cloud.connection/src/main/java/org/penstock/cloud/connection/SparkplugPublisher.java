package org.penstock.cloud.connection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.KuraException;
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

/** Values as metrics of a device of an edge node. Any thread may call. */
@Component(
    name = SparkplugPublisher.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {CloudPublisher.class, ConfigurableComponent.class},
    property = {
      "cloud.connection.factory.pid=" + SparkplugEndpoint.PID,
      "kura.ui.service.hide=true",
      "kura.ui.factory.hide=true"
    })
@Designate(ocd = SparkplugPublisherConfig.class, factory = true)
public final class SparkplugPublisher implements CloudPublisher, ConfigurableComponent {

  /** Factory pid. */
  static final String PID = "org.penstock.cloud.sparkplug.publisher";

  private final SparkplugPublisherConfig config;
  private final TopicTemplate device;
  private final Map<String, Object> storing;
  private final List<CloudDeliveryListener> listeners = new CopyOnWriteArrayList<>();
  private final CloudDeliveryListener confirmed =
      id -> listeners.forEach(l -> l.onMessageConfirmed(id));
  private final EndpointTracker endpoint;

  /** Called by the component runtime. */
  @Activate
  public SparkplugPublisher(
      BundleContext context, SparkplugPublisherConfig config, Map<String, Object> properties) {
    this.config = config;
    this.device = new TopicTemplate(config.device_id());
    this.storing =
        Map.of(
            Delivery.PRIORITY, config.priority(),
            Delivery.PUBLISHER, String.valueOf(properties.get("kura.service.pid")),
            Delivery.DURABILITY, config.durability(),
            Delivery.NEWEST_FIRST, config.newest_first());
    this.endpoint =
        new EndpointTracker(
            context,
            String.valueOf(properties.get(EndpointTracker.ENDPOINT)),
            came -> came.registerCloudDeliveryListener(confirmed),
            gone -> gone.unregisterCloudDeliveryListener(confirmed));
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
    String name = device.fill(message.getProperties());
    Map<String, Object> properties = new HashMap<>(message.getProperties());
    properties.putAll(storing);
    properties.put(
        SparkplugEndpoint.DEVICE,
        name.equals(config.device_id()) && name.contains("$") ? "" : name);
    return endpoint.need().publish(new KuraMessage(message.getPayload(), properties));
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

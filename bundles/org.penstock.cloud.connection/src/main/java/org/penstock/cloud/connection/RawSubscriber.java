package org.penstock.cloud.connection;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** Kura's raw MQTT subscriber. Any thread may call. */
@Component(
    name = RawSubscriber.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {CloudSubscriber.class, ConfigurableComponent.class},
    property = {
      "cloud.connection.factory.pid=" + RawEndpoint.PID,
      "kura.ui.service.hide=true",
      "kura.ui.factory.hide=true"
    })
@Designate(ocd = RawSubscriberConfig.class, factory = true)
public final class RawSubscriber implements CloudSubscriber, ConfigurableComponent {

  /** Kura's factory pid. */
  static final String PID =
      "org.eclipse.kura.cloudconnection.raw.mqtt.subscriber.RawMqttSubscriber";

  private final RawSubscriberConfig config;
  private final List<CloudSubscriberListener> listeners = new CopyOnWriteArrayList<>();
  private final CloudSubscriberListener arrived =
      message -> listeners.forEach(l -> l.onMessageArrived(message));
  private final EndpointTracker endpoint;

  /** Called by the component runtime. */
  @Activate
  public RawSubscriber(
      BundleContext context, RawSubscriberConfig config, Map<String, Object> properties) {
    this.config = config;
    this.endpoint =
        new EndpointTracker(
            context,
            String.valueOf(properties.get(EndpointTracker.ENDPOINT)),
            this::came,
            gone -> gone.unregisterSubscriber(arrived));
  }

  private void came(CloudEndpoint target) {
    target.registerSubscriber(
        new Delivery(
                "", config.topic_filter(), config.qos(), false, 0, false, Delivery.Storing.COMMON)
            .properties(),
        arrived);
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    endpoint.close();
  }

  @Override
  public void registerCloudSubscriberListener(CloudSubscriberListener listener) {
    listeners.add(listener);
  }

  @Override
  public void unregisterCloudSubscriberListener(CloudSubscriberListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void registerCloudConnectionListener(CloudConnectionListener listener) {
    endpoint.listeners().add(listener);
  }

  @Override
  public void unregisterCloudConnectionListener(CloudConnectionListener listener) {
    endpoint.listeners().remove(listener);
  }
}

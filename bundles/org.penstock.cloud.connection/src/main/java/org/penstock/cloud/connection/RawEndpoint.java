package org.penstock.cloud.connection;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.data.DataService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.strand.Strands;

/**
 * Kura's raw MQTT connection: a message's body goes to the topic that its properties name. Any thread
 * may call.
 */
@Component(
    name = RawEndpoint.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {
      CloudEndpoint.class,
      CloudConnectionManager.class,
      ConfigurableComponent.class,
      HealthSource.class
    },
    property = {"kura.ui.service.hide=true", "kura.ui.factory.hide=true"})
@Designate(ocd = RawEndpointConfig.class, factory = true)
public final class RawEndpoint
    implements CloudEndpoint, CloudConnectionManager, ConfigurableComponent, HealthSource {

  /** Kura's factory pid. */
  static final String PID = "org.eclipse.kura.cloudconnection.raw.mqtt.cloud.RawMqttCloudEndpoint";

  private final String name;
  private final Outlet outlet;
  private final RawSession session;
  private final AtomicReference<RawEndpointConfig> config = new AtomicReference<>();
  private final List<CloudConnectionListener> listeners = new CopyOnWriteArrayList<>();
  private final Instant since = Instant.now();

  /** Called by the component runtime. */
  @Activate
  public RawEndpoint(
      RawEndpointConfig config, Map<String, Object> properties, @Reference Strands strands) {
    String pid = String.valueOf(properties.get("kura.service.pid"));
    this.name = "cloud/connection/" + pid;
    this.config.set(config);
    this.outlet = new Outlet(name);
    this.session = new RawSession(pid, strands, outlet, listeners);
  }

  @Modified
  void modified(RawEndpointConfig next) {
    config.set(next);
  }

  /** Called by the component runtime when the data service comes. */
  @Reference(
      name = "DataService",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void setDataService(DataService service) {
    outlet.use(service);
    session.begin(service);
  }

  /** Called by the component runtime when the data service goes. */
  public void unsetDataService(DataService service) {
    service.removeDataServiceListener(session);
    outlet.leave(service);
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    session.close();
  }

  @Override
  public String publish(KuraMessage message) throws KuraException {
    if (message == null || message.getPayload() == null || message.getPayload().getBody() == null) {
      throw new IllegalArgumentException("a plain MQTT message needs a body");
    }
    Delivery delivery = Delivery.plain(message.getProperties());
    int id = outlet.sendRaw(delivery.topic(), message.getPayload().getBody(), delivery);
    return delivery.qos() == 0 ? null : String.valueOf(id);
  }

  @Override
  public void registerSubscriber(Map<String, Object> properties, CloudSubscriberListener listener) {
    session.subscribe(Delivery.plain(properties), listener);
  }

  @Override
  public void unregisterSubscriber(CloudSubscriberListener listener) {
    session.unsubscribe(listener);
  }

  @Override
  public void registerCloudDeliveryListener(CloudDeliveryListener listener) {
    session.deliveries().add(listener);
  }

  @Override
  public void unregisterCloudDeliveryListener(CloudDeliveryListener listener) {
    session.deliveries().remove(listener);
  }

  @Override
  public void registerCloudConnectionListener(CloudConnectionListener listener) {
    listeners.add(listener);
  }

  @Override
  public void unregisterCloudConnectionListener(CloudConnectionListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void connect() throws KuraConnectException {
    outlet.connect();
  }

  @Override
  public void disconnect() {
    outlet.disconnect();
  }

  @Override
  public boolean isConnected() {
    return outlet.connected();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public HealthState health() {
    boolean present = outlet.present().isPresent();
    return new HealthState(
        present ? Level.OK : Level.DEGRADED,
        present ? "" : "no data service matches " + config.get().DataService_target(),
        since,
        Map.of(
            "published", outlet.published(),
            "refused", outlet.refused(),
            "arrived", session.arrivals().count(),
            "dropped", session.arrivals().dropped(),
            "connected", outlet.connected() ? 1 : 0));
  }
}

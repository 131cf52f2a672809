package org.penstock.cloud.connection;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.AssetService;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.data.DataService;
import org.eclipse.kura.message.KuraPayload;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.ChannelWatch;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.strand.Strands;
import org.penstock.api.write.ChannelWriter;
import org.penstock.cloud.connection.codec.SparkplugMetric;
import org.penstock.cloud.connection.form.Sample;
import org.penstock.cloud.connection.sparkplug.SparkplugTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge node as a cloud connection: values go into the outbox as rows, commands come as messages
 * and write to assets. Any thread may call.
 */
@Component(
    name = SparkplugEndpoint.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {
      CloudEndpoint.class,
      CloudConnectionManager.class,
      ConfigurableComponent.class,
      ChannelWatch.class,
      HealthSource.class
    },
    property = {"kura.ui.service.hide=true", "kura.ui.factory.hide=true"})
@Designate(ocd = SparkplugEndpointConfig.class, factory = true)
public final class SparkplugEndpoint
    implements CloudEndpoint,
        CloudConnectionManager,
        ConfigurableComponent,
        ChannelWatch,
        HealthSource {

  /** Factory pid. */
  static final String PID = "org.penstock.cloud.sparkplug";

  /** Property of messages: the device; without it, or empty, the asset's name, or the node itself. */
  static final String DEVICE = "device.id";

  private static final String ASSET = "assetName";
  private static final String ASSET_ERROR = "assetError";

  private static final Logger LOG = LoggerFactory.getLogger(SparkplugEndpoint.class);

  private final String name;
  private final SparkplugEndpointConfig config;
  private final Outlet outlet;
  private final RawSession session;
  private final CommandWrites writes;
  private final DeadAssets deaths;
  private final Map<CloudSubscriberListener, String> subscribers = new ConcurrentHashMap<>();
  private final AtomicReference<SparkplugTransport> node = new AtomicReference<>();
  private final List<CloudConnectionListener> listeners = new CopyOnWriteArrayList<>();
  private final Instant since = Instant.now();

  /** Called by the component runtime. */
  @Activate
  public SparkplugEndpoint(
      SparkplugEndpointConfig config, Map<String, Object> properties, @Reference Strands strands) {
    String pid = String.valueOf(properties.get("kura.service.pid"));
    this.name = "cloud/connection/" + pid;
    this.config = config;
    this.outlet = new Outlet(name);
    this.session = new RawSession(pid, strands, outlet, listeners);
    this.writes = new CommandWrites(pid);
    this.deaths = new DeadAssets(writes::readable);
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

  /** Called by the component runtime when the edge node's session comes. */
  @Reference(
      name = "EdgeNode",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void setEdgeNode(SparkplugTransport service) {
    node.set(service);
    service.setCommands(this::command);
  }

  /** Called by the component runtime when the edge node's session goes. */
  public void unsetEdgeNode(SparkplugTransport service) {
    service.setCommands(null);
    node.compareAndSet(service, null);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setChannelWriter(ChannelWriter service) {
    writes.use(service);
  }

  void unsetChannelWriter(ChannelWriter service) {
    writes.leave(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setAssetService(AssetService service) {
    writes.use(service);
  }

  void unsetAssetService(AssetService service) {
    writes.leave(service);
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    session.close();
  }

  @Override
  public String publish(KuraMessage message) throws KuraException {
    if (message == null || message.getPayload() == null) {
      throw new IllegalArgumentException("there is no message to publish");
    }
    SparkplugTransport target = node.get();
    if (target == null) {
      throw new KuraException(
          KuraErrorCode.SERVICE_UNAVAILABLE,
          name + " has no edge node; check EdgeNode.target " + config.EdgeNode_target());
    }
    Object asset = message.getProperties().getOrDefault(ASSET, "");
    String device = String.valueOf(message.getProperties().getOrDefault(DEVICE, asset));
    List<Sample> samples =
        message.getPayload().getMetric(ASSET_ERROR) == null
            ? Sample.of(message.getPayload())
            : target.lost(device); // nothing of the asset could be read
    if (samples.isEmpty()) {
      return null;
    }
    if (!String.valueOf(asset).isEmpty()) {
      deaths.published(String.valueOf(asset), Map.copyOf(message.getProperties()));
    }
    return store(target, device, samples, message.getProperties());
  }

  private String store(
      SparkplugTransport target, String device, List<Sample> samples, Map<String, Object> given)
      throws KuraException {
    Map<String, Object> properties = new HashMap<>(given);
    properties.put(Delivery.PLAIN_TOPIC, target.rowTopic(device));
    properties.put(Delivery.QOS, 1); // in the outbox; on the wire it is 0
    Delivery delivery = Delivery.plain(properties);
    return String.valueOf(outlet.sendRaw(delivery.topic(), target.row(device, samples), delivery));
  }

  /** An asset of which nothing can be read is a device that dies, whatever its records tell. */
  @Override
  public void changed(String asset, Map<String, ChannelState> states) {
    deaths.changed(asset, states).ifPresent(properties -> dies(asset, properties));
  }

  private void dies(String asset, Map<String, Object> properties) {
    SparkplugTransport target = node.get();
    String device = String.valueOf(properties.getOrDefault(DEVICE, asset));
    List<Sample> samples = target == null ? List.of() : target.lost(device);
    if (!samples.isEmpty() && !device.isEmpty()) {
      try {
        store(target, device, samples, properties);
      } catch (KuraException e) {
        LOG.warn("{}: the death of {} can't be stored: {}", name, device, e.getMessage());
      }
    }
  }

  private void command(String device, List<SparkplugMetric> metrics) {
    if (config.commands_write() && !device.isEmpty()) {
      writes.write(device, metrics);
    }
    KuraPayload payload = new KuraPayload();
    metrics.stream()
        .filter(m -> m.value() != null)
        .forEach(m -> payload.addMetric(m.name(), m.value()));
    KuraMessage message = new KuraMessage(payload, Map.of(DEVICE, device));
    subscribers.forEach(
        (listener, wanted) -> {
          if (wanted.isEmpty() || wanted.equals(device)) {
            session.arrivals().message(() -> listener.onMessageArrived(message));
          }
        });
  }

  /** The listener hears of commands, of one device if the properties name it. */
  @Override
  public void registerSubscriber(Map<String, Object> properties, CloudSubscriberListener listener) {
    subscribers.put(listener, String.valueOf(properties.getOrDefault(DEVICE, "")));
  }

  @Override
  public void unregisterSubscriber(CloudSubscriberListener listener) {
    subscribers.remove(listener);
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
    String reason =
        outlet.present().isEmpty()
            ? "no data service matches " + config.DataService_target()
            : node.get() == null ? "no edge node matches " + config.EdgeNode_target() : "";
    return new HealthState(
        reason.isEmpty() ? Level.OK : Level.DEGRADED,
        reason,
        since,
        Map.of(
            "published", outlet.published(),
            "refused", outlet.refused(),
            "commands.written", writes.written(),
            "commands.refused", writes.refused(),
            "connected", outlet.connected() ? 1 : 0));
  }
}

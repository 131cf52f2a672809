package org.penstock.cloud.connection;

import java.time.Instant;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloud.CloudPayloadEncoding;
import org.eclipse.kura.cloud.CloudPayloadProtoBufDecoder;
import org.eclipse.kura.cloud.CloudPayloadProtoBufEncoder;
import org.eclipse.kura.cloud.CloudService;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerRegistry;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.data.DataService;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.position.PositionService;
import org.eclipse.kura.security.tamper.detection.TamperDetectionService;
import org.eclipse.kura.system.SystemService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.strand.Strands;
import org.penstock.cloud.connection.codec.PayloadForm;

/** Kura's cloud connection: topics, payloads, life-cycle messages and requests. */
@Component(
    name = CloudServiceEndpoint.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {
      CloudEndpoint.class,
      CloudConnectionManager.class,
      RequestHandlerRegistry.class,
      CloudPayloadProtoBufEncoder.class,
      CloudPayloadProtoBufDecoder.class,
      ConfigurableComponent.class,
      HealthSource.class
    },
    property = {"kura.ui.service.hide=true", "kura.ui.factory.hide=true"})
@Designate(ocd = CloudServiceConfig.class, factory = true)
@SuppressWarnings("deprecation") // Kura's older interface is still asked for
public final class CloudServiceEndpoint
    implements SelectiveEndpoint,
        CloudConnectionManager,
        RequestHandlerRegistry,
        CloudPayloadProtoBufEncoder,
        CloudPayloadProtoBufDecoder,
        ConfigurableComponent,
        HealthSource {

  /** Kura's factory pid. */
  static final String PID = "org.eclipse.kura.cloud.CloudService";

  private static final long QUIESCE_MS = 1000;

  private final String name;
  private final AtomicReference<Options> options = new AtomicReference<>();
  private final Outlet outlet;
  private final Births births = new Births();
  private final Session session;
  private final List<CloudConnectionListener> listeners = new CopyOnWriteArrayList<>();
  private final AppClients clients;
  private final List<ServiceRegistration<?>> registrations;
  private final Instant since = Instant.now();

  /** Called by the component runtime. */
  @Activate
  public CloudServiceEndpoint(
      BundleContext context,
      CloudServiceConfig config,
      Map<String, Object> properties,
      @Reference Strands strands) {
    String pid = String.valueOf(properties.get("kura.service.pid"));
    this.name = "cloud/connection/" + pid;
    this.outlet = new Outlet(name);
    this.options.set(Options.of(config));
    Notifier publisher = new Notifier(this::notify, listeners);
    this.session = new Session(pid, strands, outlet, options::get, births, listeners, publisher);
    this.clients =
        new AppClients(strands.open("cloud/clients/" + pid), outlet, options::get, session);
    this.registrations =
        List.of(
            context.registerService(
                CloudService.class,
                clients,
                new Hashtable<>(Map.of("kura.service.pid", pid, "kura.ui.service.hide", "true"))),
            context.registerService(
                new String[] {
                  CloudNotificationPublisher.class.getName(), CloudPublisher.class.getName()
                },
                publisher,
                new Hashtable<>(
                    Map.of(
                        "kura.service.pid",
                        Notifier.PID,
                        "cloud.endpoint.service.pid",
                        pid,
                        "kura.ui.service.hide",
                        "true"))),
            context.registerService(
                EventHandler.class,
                new Triggers(options::get, session),
                new Hashtable<>(Map.of(EventConstants.EVENT_TOPIC, Triggers.topics()))));
  }

  /** Called by the component runtime: listeners and handlers stay, a BIRTH follows in a while. */
  @Modified
  public void modified(CloudServiceConfig config) {
    Options next = Options.of(config);
    options.set(next);
    session.reconfigured();
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
    clients.begin(service);
  }

  /** Called by the component runtime when the data service goes. */
  public void unsetDataService(DataService service) {
    session.end(service);
    clients.end(service);
    outlet.leave(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setSystemService(SystemService service) {
    births.system().set(service);
  }

  void unsetSystemService(SystemService service) {
    births.system().compareAndSet(service, null);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setPositionService(PositionService service) {
    births.position().set(service);
  }

  void unsetPositionService(PositionService service) {
    births.position().compareAndSet(service, null);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setTamperDetectionService(TamperDetectionService service) {
    births.tamper().set(service);
  }

  void unsetTamperDetectionService(TamperDetectionService service) {
    births.tamper().compareAndSet(service, null);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setEventAdmin(EventAdmin service) {
    session.events().set(service);
  }

  void unsetEventAdmin(EventAdmin service) {
    session.events().compareAndSet(service, null);
  }

  /** Called by the component runtime: says good-bye to the broker first. */
  @Deactivate
  public void stop() {
    registrations.forEach(ServiceRegistration::unregister);
    session.close();
    clients.close();
  }

  @Override
  public String publish(KuraMessage message) throws KuraException {
    if (message == null || message.getPayload() == null) {
      throw new IllegalArgumentException("there is no message to publish");
    }
    Delivery delivery = Delivery.of(message.getProperties());
    Options now = options.get();
    String topic =
        delivery.control()
            ? now.topics().control(delivery.app(), delivery.topic())
            : now.topics().data(delivery.app(), delivery.topic());
    int id = outlet.send(topic, message.getPayload(), now.form(), delivery);
    return delivery.qos() == 0 ? null : String.valueOf(id);
  }

  private void notify(String client, String app, String messageType, KuraPayload payload)
      throws KuraException {
    session.control(client, app, "NOTIFY/#client-id/" + messageType, payload);
  }

  @Override
  public void registerSubscriber(Map<String, Object> properties, CloudSubscriberListener listener) {
    session.subscribe(properties, listener);
  }

  @Override
  public void unregisterSubscriber(CloudSubscriberListener listener) {
    session.unsubscribe(listener);
  }

  @Override
  public void registerCloudDeliveryListener(CloudDeliveryListener listener) {
    registerCloudDeliveryListener(listener, topic -> true);
  }

  @Override
  public void registerCloudDeliveryListener(
      CloudDeliveryListener listener, Predicate<String> topic) {
    session.deliveries().put(listener, topic);
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
  public void registerRequestHandler(String app, RequestHandler handler) throws KuraException {
    session.requests().add(app, handler);
    session.appsChanged();
  }

  @Override
  public void unregister(String app) {
    session.requests().remove(app);
    session.appsChanged();
  }

  @Override
  public byte[] getBytes(KuraPayload payload, boolean gzip) throws KuraException {
    return new PayloadForm(CloudPayloadEncoding.KURA_PROTOBUF, gzip).encode(payload);
  }

  @Override
  public KuraPayload buildFromByteArray(byte[] data) {
    return new PayloadForm(CloudPayloadEncoding.KURA_PROTOBUF, false).decode(data);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public HealthState health() {
    String problem = options.get().problem();
    String reason =
        outlet.present().isPresent()
            ? problem
            : "no data service matches " + options.get().config().DataService_target();
    return new HealthState(
        reason.isEmpty() ? Level.OK : Level.DEGRADED,
        reason,
        since,
        Map.of(
            "published", outlet.published(),
            "refused", outlet.refused(),
            "arrived", session.arrivals().count(),
            "dropped", session.arrivals().dropped(),
            "connected", outlet.connected() ? 1 : 0));
  }
}

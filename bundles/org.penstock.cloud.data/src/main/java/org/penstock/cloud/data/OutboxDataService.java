package org.penstock.cloud.data;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.KuraStoreCapacityReachedException;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.data.DataService;
import org.eclipse.kura.data.DataTransportService;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.data.listener.DataServiceListener;
import org.eclipse.kura.data.transport.listener.DataTransportListener;
import org.eclipse.kura.watchdog.WatchdogService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.cron.Cron;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.outbox.DurableOutbox;
import org.penstock.api.outbox.OutboxMessage;
import org.penstock.api.outbox.OutboxMessage.Durability;
import org.penstock.api.outbox.Unwaited;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kura's DataService over the durable outbox. A changed configuration makes a new one. */
@Component(
    name = OutboxDataService.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {
      DataService.class,
      DurableOutbox.class,
      ConfigurableComponent.class,
      HealthSource.class
    },
    property = {"kura.ui.service.hide=true", "kura.ui.factory.hide=true"})
@Designate(ocd = DataServiceConfig.class, factory = true)
public final class OutboxDataService
    implements DataService, DurableOutbox, ConfigurableComponent, HealthSource {

  /** Kura's factory pid. */
  static final String PID = "org.eclipse.kura.data.DataService";

  private static final Logger LOG = LoggerFactory.getLogger(OutboxDataService.class);

  private static final Duration ALIVE = Duration.ofSeconds(10);
  private static final Duration CONGESTION_CHECK = Duration.ofSeconds(1);

  private final String name;
  private final DataServiceConfig config;
  private final Store store;
  private final Strand strand;
  private final Pump pump;
  private final Departure departure;
  private final Connector connector;
  private final Recovery recovery;
  private final Optional<ConnectionSchedule> schedule;
  private final Figures figures;
  private final List<DataServiceListener> listeners = new CopyOnWriteArrayList<>();
  private final Heard heard = new Heard();
  private final AtomicReference<DataTransportService> transport = new AtomicReference<>();

  /** Called by the component runtime. */
  @Activate
  public OutboxDataService(
      BundleContext context,
      DataServiceConfig config,
      Map<String, Object> properties,
      @Reference DurableStorage storage,
      @Reference Strands strands)
      throws IOException {
    String pid = String.valueOf(properties.get("kura.service.pid"));
    this.name = "cloud/data/" + pid;
    this.config = config;
    Path folder = Path.of(context.getProperty("penstock.home")).resolve("outbox").resolve(pid);
    strand = strands.open(name);
    store = Stores.open(context, config, pid, storage, folder, strand, this::storeMoved);
    pump =
        new Pump(
            store,
            strand,
            new Window(config.in$_$flight$_$messages_max$_$number(), System::nanoTime),
            RateLimit.of(config),
            new Pump.Ears(
                (id, topic) -> tell(l -> l.onMessagePublished(id, topic)),
                (id, topic) -> tell(l -> l.onMessageConfirmed(id, topic))));
    departure =
        new Departure(
            strand,
            pump,
            () -> tell(DataServiceListener::onDisconnecting),
            config.disconnect_quiesce$_$timeout());
    recovery = new Recovery(name, config);
    connector =
        new Connector(name, Duration.ofSeconds(config.connect_retry$_$interval()), recovery);
    figures = new Figures(store, pump, connector);
    schedule = schedule();
    connector.want(config.connect_auto$_$on$_$startup() && schedule.isEmpty());
    if (config.in$_$flight$_$messages_congestion$_$timeout() > 0) {
      strand.every(CONGESTION_CHECK, CONGESTION_CHECK, this::checkCongestion);
    }
    strand.every(ALIVE, ALIVE, this::alive);
    figures.backlog(name);
  }

  private void alive() {
    if (isConnected() || !connector.wanted()) {
      recovery.calm(); // while it tries to connect, its attempts tell
    }
  }

  private Optional<ConnectionSchedule> schedule() {
    if (!config.connection_schedule_enabled()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ConnectionSchedule(
              new ConnectionSchedule.Rules(
                  Cron.parse(config.connection_schedule_expression()),
                  Duration.ofSeconds(config.connection_schedule_inactivity_interval_seconds()),
                  config.connection_schedule_priority_override_enable(),
                  config.connection_schedule_priority_override_threshold()),
              strand,
              Clock.systemDefaultZone(),
              new ScheduledLink(connector, transport::get, departure, pump, store)));
    } catch (IllegalArgumentException e) {
      figures.problem("connection.schedule.expression: " + e.getMessage() + "; always connected");
      return Optional.empty();
    }
  }

  /** The store of another provider came or went. */
  private void storeMoved() {
    strand.execute(
        () -> {
          if (pump != null) { // the store may come while the service is being made
            pump.newSession(true);
            pump.wake();
          }
        });
  }

  private void checkCongestion() {
    DataTransportService service = transport.get();
    Duration patience = Duration.ofSeconds(config.in$_$flight$_$messages_congestion$_$timeout());
    if (service != null && service.isConnected() && pump.congested(patience)) {
      LOG.warn("{}: nothing is confirmed for {} s: connects anew", name, patience.toSeconds());
      service.disconnect(0);
      connector.check();
    }
  }

  /** Called by the component runtime when the transport comes. */
  @Reference(
      name = "DataTransportService",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void setTransport(DataTransportService service) {
    transport.set(service);
    service.addDataTransportListener(heard);
    pump.use(service);
    connector.use(service);
    pump.wake();
  }

  /** Called by the component runtime when the transport goes. */
  public void unsetTransport(DataTransportService service) {
    departure.leave(service, Departure.QUIESCE_MS);
    service.removeDataTransportListener(heard);
    if (transport.compareAndSet(service, null)) {
      pump.use(null);
      connector.use(null);
      strand.execute(() -> pump.newSession(true));
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setWatchdogService(WatchdogService service) {
    recovery.use(service);
  }

  void unsetWatchdogService(WatchdogService service) {
    recovery.leave(service);
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() throws IOException {
    connector.close();
    schedule.ifPresent(ConnectionSchedule::close);
    recovery.close();
    DataTransportService service = transport.get();
    if (service != null) {
      departure.leave(service, Departure.QUIESCE_MS);
      transport.set(null); // it is unbound after this, when the strand is closed
    }
    strand.close();
    store.close();
  }

  @Override
  public int publish(String topic, byte[] payload, int qos, boolean retain, int priority)
      throws KuraStoreException {
    Durability durability = qos > 0 ? Durability.GROUP : Durability.RELAXED;
    return publish(new OutboxMessage("", topic, payload, qos, retain, priority, durability, false));
  }

  @Override
  public int publish(OutboxMessage message) throws KuraStoreException {
    if (message.priority() < 0) {
      throw new IllegalArgumentException(
          "the priority must be 0 or more, given: " + message.priority());
    }
    if (message.qos() < 0 || message.qos() > 2) {
      throw new IllegalArgumentException("the QoS must be 0 to 2, given: " + message.qos());
    }
    if (message.payload().length > config.maximum_payload_size()) {
      throw new KuraStoreException(
          "the payload to %s has %d bytes, allowed are %d (maximum.payload.size)"
              .formatted(message.topic(), message.payload().length, config.maximum_payload_size()));
    }
    try {
      Outbox.Added added = store.add(message);
      figures.stored();
      pump.wake();
      schedule.ifPresent(s -> s.stored(message.priority()));
      if (message.durability() != Durability.RELAXED && !unwaited(added)) {
        added.await();
      }
      return added.id();
    } catch (Outbox.Full e) {
      throw new KuraStoreCapacityReachedException(e.getMessage());
    } catch (IOException e) {
      figures.failed(e);
      throw new KuraStoreException(
          e, "the message to " + message.topic() + " can't be stored: " + e.getMessage());
    }
  }

  private boolean unwaited(Outbox.Added added) {
    boolean taken = Unwaited.take(added.durable());
    if (taken) {
      added
          .durable()
          .whenComplete(
              (done, failure) -> {
                if (failure instanceof IOException lost) {
                  figures.failed(lost);
                }
              });
    }
    return taken;
  }

  @Override
  public void connect() throws KuraConnectException {
    connector.want(false); // by hand: the automatic connection ends until it is configured again
    DataTransportService service = transport.get();
    if (service == null) {
      throw new KuraConnectException(
          "no transport matches " + config.DataTransportService_target());
    }
    if (!service.isConnected()) {
      service.connect();
    }
  }

  @Override
  public boolean isConnected() {
    DataTransportService service = transport.get();
    return service != null && service.isConnected();
  }

  @Override
  public boolean isAutoConnectEnabled() {
    return config.connect_auto$_$on$_$startup();
  }

  @Override
  public int getRetryInterval() {
    return config.connect_retry$_$interval();
  }

  @Override
  public void disconnect(long quiesceTimeout) {
    connector.want(false);
    DataTransportService service = transport.get();
    if (service != null) {
      departure.leave(service, quiesceTimeout);
    }
  }

  @Override
  public void subscribe(String topic, int qos) throws KuraException {
    connected().subscribe(topic, qos);
  }

  @Override
  public void unsubscribe(String topic) throws KuraException {
    connected().unsubscribe(topic);
  }

  private DataTransportService connected() throws KuraNotConnectedException {
    return Optional.ofNullable(transport.get())
        .orElseThrow(() -> new KuraNotConnectedException("there is no transport"));
  }

  @Override
  public List<Integer> getUnpublishedMessageIds(String topicRegex) throws KuraStoreException {
    return ids(false, topicRegex);
  }

  @Override
  public List<Integer> getInFlightMessageIds(String topicRegex) throws KuraStoreException {
    return ids(true, topicRegex);
  }

  @Override
  public List<Integer> getDroppedInFlightMessageIds(String topicRegex) {
    return List.of(); // dropped messages are counted and not kept
  }

  private List<Integer> ids(boolean flying, String topicRegex) throws KuraStoreException {
    try {
      return store.ids(flying, Pattern.compile(topicRegex).asMatchPredicate());
    } catch (IOException | PatternSyntaxException e) {
      throw new KuraStoreException(e, e.getMessage());
    }
  }

  @Override
  public void addDataServiceListener(DataServiceListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeDataServiceListener(DataServiceListener listener) {
    listeners.remove(listener);
  }

  private void tell(Consumer<DataServiceListener> message) {
    listeners.forEach(message);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public HealthState health() {
    String fallback =
        transport.get() == null
            ? "no transport matches " + config.DataTransportService_target()
            : "connecting";
    return figures.state(isConnected(), fallback);
  }

  /** What the transport tells; handed on to the strand at once. */
  private final class Heard implements DataTransportListener {

    @Override
    public void onConnectionEstablished(boolean newSession) {
      strand.execute(
          () -> {
            LOG.info("{}: connected", name);
            if (newSession) {
              boolean again = config.in$_$flight$_$messages_republish$_$on$_$new$_$session();
              int count = pump.newSession(again);
              figures.dropped(again ? 0 : count);
            }
            pump.open(true);
            tell(DataServiceListener::onConnectionEstablished);
            pump.wake();
          });
    }

    @Override
    public void onConnectionLost(Throwable cause) {
      strand.execute(
          () -> {
            pump.lost();
            tell(l -> l.onConnectionLost(cause));
            connector.lost(cause == null ? "" : ": " + cause.getMessage());
          });
    }

    @Override
    public void onDisconnecting() {
      // whoever disconnects has told the listeners before, so that their last words can be sent
    }

    @Override
    public void onDisconnected() {
      strand.execute(
          () -> {
            pump.open(false);
            tell(DataServiceListener::onDisconnected);
          });
    }

    @Override
    public void onConfigurationUpdating(boolean wasConnected) {
      // a changed transport comes as a new service
    }

    @Override
    public void onConfigurationUpdated(boolean wasConnected) {
      // a changed transport comes as a new service
    }

    @Override
    public void onMessageArrived(String topic, byte[] payload, int qos, boolean retained) {
      strand.execute(() -> tell(l -> l.onMessageArrived(topic, payload, qos, retained)));
    }

    @Override
    public void onMessageConfirmed(DataTransportToken token) {
      pump.confirm(token);
    }
  }
}

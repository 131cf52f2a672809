package org.penstock.cloud.connection.sparkplug;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.data.DataTransportService;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.data.transport.listener.DataTransportListener;
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
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.mqtt.MqttTransport;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strands;
import org.penstock.cloud.connection.form.Sample;

/**
 * A transport for the outbox that makes an edge node of an MQTT transport: it counts as connected
 * while the node is born. Any thread may call; {@link #connect} waits for the birth.
 */
@Component(
    name = SparkplugTransport.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {
      DataTransportService.class,
      SparkplugTransport.class,
      ConfigurableComponent.class,
      HealthSource.class
    },
    property = {"kura.ui.service.hide=true", "kura.ui.factory.hide=true"})
@Designate(ocd = SparkplugTransportConfig.class, factory = true)
public final class SparkplugTransport
    implements DataTransportService, ConfigurableComponent, HealthSource {

  /** Factory pid. */
  public static final String PID = "org.penstock.cloud.sparkplug.transport";

  private static final long QUIESCE_MS = 300;

  private final String name;
  private final SparkplugTransportConfig config;
  private final String problem;
  private final Topics topics;
  private final EdgeNode node;
  private final Confirmations confirmations;
  private final Session session;
  private final List<DataTransportListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<DataTransportService> mqtt = new AtomicReference<>();

  /** Called by the component runtime. */
  @Activate
  public SparkplugTransport(
      BundleContext context,
      SparkplugTransportConfig config,
      Map<String, Object> properties,
      @Reference DurableStorage storage,
      @Reference Strands strands) {
    String pid = String.valueOf(properties.get("kura.service.pid"));
    this.name = "cloud/sparkplug/" + pid;
    this.config = config;
    String wrong = "";
    Topics names = Topics.NOBODY;
    try {
      names = new Topics(config.group_id(), config.node_id(), config.primary_host_id());
    } catch (IllegalArgumentException e) {
      wrong = e.getMessage();
    }
    this.topics = names;
    this.problem = wrong;
    this.node = new EdgeNode(topics, config.aliases(), Clock.systemUTC());
    this.confirmations =
        new Confirmations(
            strands.open(name + "/confirm"),
            topics.own(Topics.NCMD) + "/confirm",
            this::present,
            token -> tell(l -> l.onMessageConfirmed(token)));
    Path home = Path.of(context.getProperty("penstock.home"));
    this.session =
        new Session(
            name,
            new Session.Parts(
                topics,
                node,
                new BirthNumber(storage, home.resolve("sparkplug").resolve(pid)),
                confirmations,
                strands.open(name)),
            this::tell);
  }

  /** Called by the component runtime. */
  @Reference(
      name = "MqttTransport",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void setMqttTransport(MqttTransport service) {
    if (service instanceof DataTransportService transport) {
      transport.disconnect(0); // a connection without this node's will is not its own
      service.makeWill(session::will);
      mqtt.set(transport);
      session.use(transport);
    }
  }

  /** Called by the component runtime. */
  public void unsetMqttTransport(MqttTransport service) {
    if (service instanceof DataTransportService transport) {
      session.leave(transport);
      service.makeWill(null);
      mqtt.compareAndSet(transport, null);
    }
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    disconnect(QUIESCE_MS);
    session.close();
  }

  private Optional<DataTransportService> present() {
    return Optional.ofNullable(mqtt.get());
  }

  private DataTransportService need() throws KuraNotConnectedException {
    return present()
        .orElseThrow(
            () ->
                new KuraNotConnectedException(
                    "no MQTT transport matches " + config.MqttTransport_target()));
  }

  /** Notes values of a device, and makes the row that is to be stored for its topic. */
  public byte[] row(String device, List<Sample> samples) {
    return node.record(Topics.level(device), samples);
  }

  /** What is to be noted when nothing of a device can be read: all that is known of it is bad. */
  public List<Sample> lost(String device) {
    return node.lost(Topics.level(device));
  }

  /** The topic for rows of a device; empty for the node itself. */
  public String rowTopic(String device) {
    return topics.of(Topics.DDATA, Topics.NDATA, Topics.level(device));
  }

  /** Who is told of commands from now on; null for nobody. */
  public void setCommands(Commands commands) {
    session.setCommands(commands);
  }

  @Override
  public void connect() throws KuraConnectException {
    if (!problem.isEmpty()) {
      throw new KuraConnectException(problem);
    }
    try {
      session.connect(need(), Duration.ofSeconds(config.primary_host_wait_s()));
    } catch (KuraNotConnectedException e) {
      throw new KuraConnectException(e, e.getMessage());
    }
  }

  @Override
  public boolean isConnected() {
    return node.born() && present().map(DataTransportService::isConnected).orElse(false);
  }

  @Override
  public void disconnect(long quiesceTimeout) {
    present().ifPresent(service -> session.disconnect(service, quiesceTimeout));
  }

  @Override
  public DataTransportToken publish(String topic, byte[] payload, int qos, boolean retain)
      throws KuraException {
    String device = topics.device(topic, Topics.DDATA, Topics.NDATA);
    if (device == null) {
      return need().publish(topic, payload, qos, retain);
    }
    try {
      node.send(device, payload);
    } catch (KuraException e) {
      session.check();
      throw e;
    }
    return confirmations.sent();
  }

  @Override
  public void subscribe(String topic, int qos) throws KuraException {
    need().subscribe(topic, qos);
  }

  @Override
  public void unsubscribe(String topic) throws KuraException {
    need().unsubscribe(topic);
  }

  @Override
  public String getBrokerUrl() {
    return present().map(DataTransportService::getBrokerUrl).orElse("");
  }

  @Override
  public String getAccountName() {
    return topics.group();
  }

  @Override
  public String getUsername() {
    return present().map(DataTransportService::getUsername).orElse("");
  }

  @Override
  public String getClientId() {
    return topics.node();
  }

  /** Adds a listener; one that comes late hears of the connection, too. */
  @Override
  public void addDataTransportListener(DataTransportListener listener) {
    listeners.add(listener);
    if (isConnected()) {
      listener.onConnectionEstablished(true);
    }
  }

  @Override
  public void removeDataTransportListener(DataTransportListener listener) {
    listeners.remove(listener);
  }

  private void tell(Consumer<DataTransportListener> event) {
    listeners.forEach(event);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public HealthState health() {
    String reason =
        mqtt.get() == null
            ? "no MQTT transport matches " + config.MqttTransport_target()
            : isConnected() ? "" : session.state();
    Level level = reason.isEmpty() ? Level.OK : Level.DEGRADED;
    return new HealthState(
        problem.isEmpty() ? level : Level.FAILED,
        problem.isEmpty() ? reason : problem,
        session.since(),
        Map.of("births", node.births(), "connected", isConnected() ? 1 : 0));
  }
}

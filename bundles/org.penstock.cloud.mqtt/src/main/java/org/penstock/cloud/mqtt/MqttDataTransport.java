package org.penstock.cloud.mqtt;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.KuraTimeoutException;
import org.eclipse.kura.KuraTooManyInflightMessagesException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.data.DataTransportService;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.data.transport.listener.DataTransportListener;
import org.eclipse.kura.ssl.SslManagerService;
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
import org.penstock.api.mqtt.MqttTransport;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/**
 * Kura's transport over Paho's asynchronous client. A changed configuration makes a new transport.
 * Any thread may call; {@link #connect}, {@link #disconnect}, {@link #subscribe} and {@link
 * #unsubscribe} wait for the broker, {@link #publish} does not. Listeners are called by Paho's
 * threads and hand on.
 */
@Component(
    name = MqttDataTransport.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {
      DataTransportService.class,
      MqttTransport.class,
      ConfigurableComponent.class,
      HealthSource.class
    },
    property = {"kura.ui.service.hide=true", "kura.ui.factory.hide=true"})
@Designate(ocd = MqttTransportConfig.class, factory = true)
public final class MqttDataTransport
    implements DataTransportService, MqttTransport, ConfigurableComponent, HealthSource {

  /** Kura's factory pid. */
  static final String PID = "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";

  private static final long QUIESCE_MS = 300;

  private final String name;
  private final Strand strand;
  private final Settings settings;
  private final Status status = new Status();
  private final List<DataTransportListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<Link> link = new AtomicReference<>();
  private final AtomicReference<Link.Session> kept = new AtomicReference<>();
  private final AtomicInteger preferred = new AtomicInteger();
  private final AtomicReference<Supplier<Will>> wills = new AtomicReference<>();
  private final AtomicReference<SslManagerService> ssl = new AtomicReference<>();

  /** Keeps the order in which listeners hear of connections. */
  private final Object order = new Object();

  /** Called by the component runtime. */
  @Activate
  public MqttDataTransport(
      MqttTransportConfig config,
      Map<String, Object> properties,
      @Reference CryptoService crypto,
      @Reference Strands strands) {
    this.name = "cloud/mqtt/" + properties.get("kura.service.pid");
    this.strand = strands.open(name);
    this.settings = Settings.of(config, crypto);
    if (settings.brokers().isEmpty()) {
      status.misconfigured(name + ": " + settings.problem());
    }
  }

  /** Called by the component runtime. */
  @Reference(
      name = "SslManagerService",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void setSslManagerService(SslManagerService service) {
    ssl.set(service);
  }

  /** Called by the component runtime. */
  public void unsetSslManagerService(SslManagerService service) {
    ssl.compareAndSet(service, null);
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    disconnect(QUIESCE_MS);
    discard(kept.getAndSet(null));
    strand.close();
  }

  @Override
  public void connect() throws KuraConnectException {
    if (settings.brokers().isEmpty()) {
      throw new KuraConnectException(settings.problem());
    }
    Link before = link.get();
    if (before != null && before.connected()) {
      throw new IllegalStateException(name + " is connected already");
    }
    KuraConnectException failure = null;
    StringJoiner words = new StringJoiner("; ");
    for (int i = 0; i < settings.brokers().size(); i++) {
      try {
        connect(settings.brokers().get((preferred.get() + i) % settings.brokers().size()));
        preferred.addAndGet(i);
        return;
      } catch (KuraConnectException e) {
        failure = e;
        words.add(String.valueOf(e.getMessage()));
      }
    }
    throw settings.brokers().size() == 1
        ? failure
        : new KuraConnectException(failure, words.toString());
  }

  @Override
  public void makeWill(Supplier<Will> maker) {
    wills.set(maker);
  }

  private Will will() {
    Supplier<Will> maker = wills.get();
    return maker == null ? null : maker.get();
  }

  @Override
  public void nextServer() {
    preferred.incrementAndGet();
  }

  private void connect(Broker broker) throws KuraConnectException {
    try {
      Link next = new Link(session(broker));
      if (!link.compareAndSet(null, next)) {
        discard(next.session());
        throw new IllegalStateException(name + " is connected already, or connecting");
      }
      open(next);
    } catch (ClientException | GeneralSecurityException | IOException e) {
      String failure = Failure.describe(broker.shown(), e);
      status.failed(failure);
      throw new KuraConnectException(e, failure);
    }
  }

  private Link.Session session(Broker broker) throws ClientException {
    Link.Session used = kept.getAndSet(null);
    if (used != null && used.broker().equals(broker)) {
      return used;
    }
    discard(used);
    Sockets sockets = new Sockets();
    Target target = new Target(broker.uri(), broker.clientId(), sockets, strand, this::will);
    Client client =
        settings.isFive() ? new Client5(settings, target) : new Client3(settings, target);
    String id = broker.clientId() + "-" + System.nanoTime();
    return new Link.Session(client, id, sockets, broker, false);
  }

  private void open(Link next) throws ClientException, GeneralSecurityException, IOException {
    boolean up = false;
    try {
      Route route = settings.route();
      next.session()
          .sockets()
          .use(next.session().broker().secure() ? route.with(tlsMaker()) : route);
      boolean resumed = next.open(settings.timeoutMs(), new Events(next));
      synchronized (order) {
        up = link.get() == next && next.rise();
        if (up) {
          status.connected();
          tell(l -> l.onConnectionEstablished(!resumed));
        }
      }
      if (!up) {
        throw new ClientException(ClientException.Kind.LOST, "", null);
      }
    } finally {
      if (!up) {
        link.compareAndSet(next, null);
        discard(next.session());
      }
    }
  }

  private SSLSocketFactory tlsMaker() throws GeneralSecurityException, IOException {
    SslManagerService service = ssl.get();
    return service == null
        ? (SSLSocketFactory) SSLSocketFactory.getDefault()
        : service.getSSLSocketFactory();
  }

  /** A session that the broker keeps is kept here, too, for the messages in flight. */
  private void release(Link.Session session) {
    if (settings.config().clean$_$session() || wills.get() != null) {
      discard(session);
    } else {
      discard(kept.getAndSet(session.again()));
    }
  }

  private static void discard(Link.Session session) {
    if (session != null) {
      session.client().close();
    }
  }

  @Override
  public boolean isConnected() {
    Link now = link.get();
    return now != null && now.connected();
  }

  @Override
  public String getBrokerUrl() {
    Link now = link.get();
    return now == null ? settings.config().broker$_$url() : now.session().broker().shown();
  }

  @Override
  public String getAccountName() {
    return settings.config().topic_context_account$_$name();
  }

  @Override
  public String getUsername() {
    return settings.config().username();
  }

  @Override
  public String getClientId() {
    return settings.brokers().isEmpty()
        ? settings.config().client$_$id()
        : settings.brokers().get(0).clientId();
  }

  @Override
  public void disconnect(long quiesceTimeout) {
    Link last = link.getAndSet(null);
    if (last == null) {
      return;
    }
    if (!last.fall()) {
      last.abort(); // connect() is waiting and clears up
      return;
    }
    tell(DataTransportListener::onDisconnecting);
    try {
      last.disconnect(Math.max(0, quiesceTimeout));
      status.disconnected();
    } catch (ClientException e) {
      status.failed(Failure.describe(last.session().broker().shown(), e));
    }
    release(last.session());
    synchronized (order) {
      tell(DataTransportListener::onDisconnected);
    }
  }

  @Override
  public void subscribe(String topic, int qos) throws KuraException {
    await(topic, session -> session.client().subscribe(session.broker().topic(topic), qos));
  }

  @Override
  public void unsubscribe(String topic) throws KuraException {
    await(topic, session -> session.client().unsubscribe(session.broker().topic(topic)));
  }

  /** A call that the broker answers. */
  private interface Call {
    void run(Link.Session session) throws ClientException;
  }

  private void await(String topic, Call call) throws KuraException {
    try {
      call.run(up().session());
    } catch (ClientException e) {
      String words = topic + ": " + Failure.describe(getBrokerUrl(), e);
      if (e.kind() == ClientException.Kind.TIMEOUT) {
        throw new KuraTimeoutException(words, e);
      }
      if (e.ended()) {
        throw new KuraNotConnectedException(e, words);
      }
      throw new KuraException(KuraErrorCode.SUBSCRIPTION_ERROR, e, words);
    } catch (IllegalArgumentException e) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER, e, "topic " + topic + ": " + e.getMessage());
    }
  }

  private Link up() throws KuraNotConnectedException {
    Link now = link.get();
    if (now == null || !now.connected()) {
      throw new KuraNotConnectedException(name + " is not connected");
    }
    return now;
  }

  @Override
  public DataTransportToken publish(String topic, byte[] payload, int qos, boolean retain)
      throws KuraException {
    Link now = up();
    try {
      int id = now.publish(now.session().broker().topic(topic), payload, qos, retain);
      status.sent.incrementAndGet();
      status.bytes.addAndGet(payload.length);
      return new DataTransportToken(id, now.session().id());
    } catch (ClientException e) {
      if (e.kind() == ClientException.Kind.FULL) {
        throw new KuraTooManyInflightMessagesException(e, name);
      }
      if (e.ended()) {
        throw new KuraNotConnectedException(e, name);
      }
      throw new KuraException(
          KuraErrorCode.CONNECTION_FAILED, e, Failure.describe(getBrokerUrl(), e));
    } catch (IllegalArgumentException e) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER, e, "topic " + topic + ": " + e.getMessage());
    }
  }

  /** Adds a listener; one that comes late hears of the connection, too. */
  @Override
  public void addDataTransportListener(DataTransportListener listener) {
    synchronized (order) {
      listeners.add(listener);
      if (isConnected()) {
        listener.onConnectionEstablished(true);
      }
    }
  }

  @Override
  public void removeDataTransportListener(DataTransportListener listener) {
    listeners.remove(listener);
  }

  private void tell(Consumer<DataTransportListener> event) {
    listeners.forEach(event);
  }

  /** What the client tells; listeners hand it on and do not block. */
  private final class Events implements Client.Sink {

    private final Link own;

    Events(Link own) {
      this.own = own;
    }

    @Override
    public void lost(Throwable cause) {
      synchronized (order) {
        if (own.fall()) {
          String words = Failure.describe(own.session().broker().shown(), cause);
          link.compareAndSet(own, null);
          status.failed(words);
          release(own.session());
          tell(l -> l.onConnectionLost(new IOException(words, cause)));
        }
      }
    }

    @Override
    public void arrived(String topic, byte[] payload, int qos, boolean retained) {
      status.arrived.incrementAndGet();
      tell(l -> l.onMessageArrived(topic, payload, qos, retained));
    }

    @Override
    public void done(int id, int size, boolean delivered, String refusal) {
      boolean waited = own.done(size, id != 0);
      if (!refusal.isEmpty()) {
        status.refused(refusal);
      }
      if (!delivered) {
        return; // the data service sends it again
      }
      if (id != 0) {
        status.confirmed.incrementAndGet();
      }
      if (id != 0 || waited) {
        DataTransportToken ours = new DataTransportToken(id, own.session().id());
        tell(l -> l.onMessageConfirmed(ours));
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public HealthState health() {
    Link now = link.get();
    int most = now == null || !now.limited() ? 0 : now.session().client().receiveMaximum();
    return status.state(getBrokerUrl(), isConnected(), most);
  }
}

package org.penstock.cloud.mqtt;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
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

/**
 * Kura's transport over Paho's asynchronous client. A changed configuration makes a new transport.
 * Any thread may call; {@link #connect}, {@link #disconnect}, {@link #subscribe} and {@link
 * #unsubscribe} wait for the broker, {@link #publish} does not. Listeners are called by Paho's
 * threads and hand on.
 */
@Component(
    name = MqttDataTransport.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {DataTransportService.class, ConfigurableComponent.class, HealthSource.class},
    property = {"kura.ui.service.hide=true", "kura.ui.factory.hide=true"})
@Designate(ocd = MqttTransportConfig.class, factory = true)
public final class MqttDataTransport
    implements DataTransportService, ConfigurableComponent, HealthSource {

  /** Kura's factory pid. */
  static final String PID = "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";

  private final String name;
  private final Settings settings;
  private final Status status = new Status();
  private final List<DataTransportListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<Link> link = new AtomicReference<>();
  private final AtomicReference<Link.Session> kept = new AtomicReference<>();
  private final AtomicReference<SslManagerService> ssl = new AtomicReference<>();

  /** Keeps the order in which listeners hear of connections. */
  private final Object order = new Object();

  /** Called by the component runtime. */
  @Activate
  public MqttDataTransport(
      MqttTransportConfig config, Map<String, Object> properties, @Reference CryptoService crypto) {
    this.name = "cloud/mqtt/" + properties.get("kura.service.pid");
    this.settings = Settings.of(config, crypto);
    if (settings.broker() == null) {
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
    disconnect(0);
    discard(kept.getAndSet(null));
  }

  @Override
  public void connect() throws KuraConnectException {
    if (settings.broker() == null) {
      throw new KuraConnectException(settings.problem());
    }
    Link before = link.get();
    if (before != null && before.connected()) {
      throw new IllegalStateException(name + " is connected already");
    }
    try {
      Link next = new Link(session());
      if (!link.compareAndSet(null, next)) {
        discard(next.session());
        throw new IllegalStateException(name + " is connected already, or connecting");
      }
      open(next);
    } catch (MqttException | GeneralSecurityException | IOException e) {
      String failure = Failure.describe(getBrokerUrl(), e);
      status.failed(failure);
      throw new KuraConnectException(e, failure);
    }
  }

  private Link.Session session() throws MqttException {
    Link.Session used = kept.getAndSet(null);
    if (used != null) {
      return used;
    }
    MqttAsyncClient client =
        new MqttAsyncClient(
            settings.broker().uri(), settings.broker().clientId(), new MemoryPersistence());
    String id = settings.broker().clientId() + "-" + System.nanoTime();
    return new Link.Session(client, id, new Sockets(), false);
  }

  private void open(Link next) throws MqttException, GeneralSecurityException, IOException {
    boolean up = false;
    try {
      MqttConnectOptions options = settings.options();
      options.setSocketFactory(
          settings.broker().secure()
              ? next.session().sockets().tls(tlsMaker())
              : next.session().sockets().plain());
      boolean resumed = next.open(options, new Events(next));
      synchronized (order) {
        up = link.get() == next && next.rise();
        if (up) {
          status.connected();
          tell(l -> l.onConnectionEstablished(!resumed));
        }
      }
      if (!up) {
        throw new MqttException(MqttException.REASON_CODE_CONNECTION_LOST);
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
    if (settings.config().clean$_$session()) {
      discard(session);
    } else {
      discard(kept.getAndSet(session.again()));
    }
  }

  private void discard(Link.Session session) {
    if (session != null) {
      try {
        session.close();
      } catch (MqttException e) {
        status.failed(Failure.describe(getBrokerUrl(), e));
      }
    }
  }

  @Override
  public boolean isConnected() {
    Link now = link.get();
    return now != null && now.connected();
  }

  @Override
  public String getBrokerUrl() {
    return settings.broker() == null ? settings.config().broker$_$url() : settings.broker().shown();
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
    return settings.broker() == null
        ? settings.config().client$_$id()
        : settings.broker().clientId();
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
    } catch (MqttException e) {
      status.failed(Failure.describe(getBrokerUrl(), e));
    }
    release(last.session());
    synchronized (order) {
      tell(DataTransportListener::onDisconnected);
    }
  }

  @Override
  public void subscribe(String topic, int qos) throws KuraException {
    await(topic, client -> client.subscribe(settings.broker().topic(topic), qos));
  }

  @Override
  public void unsubscribe(String topic) throws KuraException {
    await(topic, client -> client.unsubscribe(settings.broker().topic(topic)));
  }

  /** A call that the broker answers. */
  private interface Call {
    IMqttToken start(MqttAsyncClient client) throws MqttException;
  }

  private void await(String topic, Call call) throws KuraException {
    try {
      call.start(up().session().client())
          .waitForCompletion(TimeUnit.SECONDS.toMillis(settings.config().timeout()));
    } catch (MqttException e) {
      String words = topic + ": " + Failure.describe(getBrokerUrl(), e);
      if (e.getReasonCode() == MqttException.REASON_CODE_CLIENT_TIMEOUT) {
        throw new KuraTimeoutException(words, e);
      }
      if (ended(e)) {
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

  private static boolean ended(MqttException e) {
    return switch (e.getReasonCode()) {
      case MqttException.REASON_CODE_CLIENT_NOT_CONNECTED,
          MqttException.REASON_CODE_CLIENT_CLOSED,
          MqttException.REASON_CODE_CLIENT_ALREADY_DISCONNECTED,
          MqttException.REASON_CODE_CLIENT_DISCONNECTING,
          MqttException.REASON_CODE_CONNECTION_LOST ->
          true;
      default -> false;
    };
  }

  @Override
  public DataTransportToken publish(String topic, byte[] payload, int qos, boolean retain)
      throws KuraException {
    Link now = up();
    try {
      MqttMessage message = new MqttMessage(payload);
      message.setQos(qos);
      message.setRetained(retain);
      IMqttToken token = now.publish(settings.broker().topic(topic), message);
      status.sent.incrementAndGet();
      status.bytes.addAndGet(payload.length);
      return new DataTransportToken(token.getMessageId(), now.session().id());
    } catch (MqttException e) {
      if (e.getReasonCode() == MqttException.REASON_CODE_MAX_INFLIGHT) {
        throw new KuraTooManyInflightMessagesException(e, name);
      }
      if (ended(e)) {
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

  /** What Paho's callback thread tells; listeners hand it on and do not block. */
  private final class Events implements MqttCallback {

    private final Link own;

    Events(Link own) {
      this.own = own;
    }

    @Override
    public void connectionLost(Throwable cause) {
      synchronized (order) {
        if (own.fall()) {
          link.compareAndSet(own, null);
          status.failed(Failure.describe(getBrokerUrl(), cause));
          release(own.session());
          tell(l -> l.onConnectionLost(cause));
        }
      }
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      status.arrived.incrementAndGet();
      tell(
          l ->
              l.onMessageArrived(
                  topic, message.getPayload(), message.getQos(), message.isRetained()));
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      boolean waited = own.done(token);
      if (token.getException() != null) {
        return; // not delivered: the data service sends it again
      }
      int id = token.getMessageId();
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
    return status.state(getBrokerUrl(), isConnected());
  }
}

package org.penstock.cloud.connection.sparkplug;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.data.DataTransportService;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.data.transport.listener.DataTransportListener;
import org.penstock.api.mqtt.MqttTransport;
import org.penstock.api.mqtt.MqttTransport.Will;
import org.penstock.api.strand.Strand;
import org.penstock.cloud.connection.codec.MalformedPayload;
import org.penstock.cloud.connection.codec.SparkplugMetric;
import org.penstock.cloud.connection.codec.SparkplugPayload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge node's connection: subscribes, waits for the primary host, is born, hears commands. What
 * the MQTT transport tells is done on a strand.
 */
final class Session implements DataTransportListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Duration LONGEST_BIRTH = Duration.ofSeconds(30);
  private static final long LAST_WORDS_MS = 300;

  /** What a session is made of. */
  record Parts(
      Topics topics,
      EdgeNode node,
      BirthNumber number,
      Confirmations confirmations,
      Strand strand) {}

  private final String name;
  private final Topics topics;
  private final EdgeNode node;
  private final BirthNumber number;
  private final Confirmations confirmations;
  private final Strand strand;
  private final Consumer<Consumer<DataTransportListener>> ears;
  private final HostState host = new HostState();
  private final AtomicReference<Commands> commands = new AtomicReference<>();
  private final AtomicReference<DataTransportService> mqtt = new AtomicReference<>();
  private final AtomicReference<CompletableFuture<Void>> birth =
      new AtomicReference<>(new CompletableFuture<>());
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicReference<Instant> since = new AtomicReference<>(Instant.now());

  Session(String name, Parts parts, Consumer<Consumer<DataTransportListener>> ears) {
    this.name = name;
    this.topics = parts.topics();
    this.node = parts.node();
    this.number = parts.number();
    this.confirmations = parts.confirmations();
    this.strand = parts.strand();
    this.ears = ears;
  }

  Will will() {
    return node.will(number.next());
  }

  void setCommands(Commands now) {
    commands.set(now);
  }

  void use(DataTransportService transport) {
    mqtt.set(transport);
    transport.addDataTransportListener(this);
  }

  void leave(DataTransportService transport) {
    disconnect(transport, LAST_WORDS_MS);
    transport.removeDataTransportListener(this);
    mqtt.compareAndSet(transport, null);
  }

  String state() {
    return topics.host().isEmpty()
        ? "connecting"
        : "connecting, or waiting for the primary host " + topics.host();
  }

  Instant since() {
    return since.get();
  }

  /** Connects, and waits for the birth. */
  void connect(DataTransportService transport, Duration hostWait) throws KuraConnectException {
    CompletableFuture<Void> born = new CompletableFuture<>();
    birth.set(born);
    transport.connect();
    Duration wait = topics.host().isEmpty() ? LONGEST_BIRTH : hostWait;
    String failure = "";
    try {
      born.get(wait.toMillis(), TimeUnit.MILLISECONDS);
      return;
    } catch (TimeoutException e) {
      failure =
          topics.host().isEmpty()
              ? "the broker does not confirm the subscription of commands"
              : "the primary host %s is not online at %s; start it, or correct primary.host.id"
                  .formatted(topics.host(), transport.getBrokerUrl());
      next(transport);
    } catch (ExecutionException e) {
      failure = String.valueOf(e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = "interrupted";
    }
    transport.disconnect(0);
    throw new KuraConnectException(failure);
  }

  private static void next(DataTransportService transport) {
    if (transport instanceof MqttTransport servers) {
      servers.nextServer();
    }
  }

  /** Takes leave in order. */
  void disconnect(DataTransportService transport, long quiesceMs) {
    die();
    birth.get().completeExceptionally(new KuraConnectException("disconnecting"));
    transport.disconnect(Math.max(quiesceMs, LAST_WORDS_MS));
  }

  private void die() {
    try {
      node.die();
    } catch (KuraException e) {
      LOG.info("{}: the death could not be sent, the will says it: {}", name, e.getMessage());
    }
  }

  /** A message could not be sent: a node that is half born begins anew. */
  void check() {
    DataTransportService transport = mqtt.get();
    if (begun.get() && !node.born() && transport != null && transport.isConnected()) {
      strand.execute(() -> fall(transport, "the birth could not be sent"));
    }
  }

  /** Leaves a server that is of no use now; whoever listens connects anew. */
  private void fall(DataTransportService transport, String reason) {
    die();
    confirmations.forget();
    transport.disconnect(LAST_WORDS_MS);
    next(transport);
    ears.accept(l -> l.onConnectionLost(new KuraConnectException(reason)));
  }

  @Override
  public void onConnectionEstablished(boolean newSession) {
    strand.execute(this::begin);
  }

  private void begin() {
    host.reset();
    begun.set(false);
    DataTransportService transport = mqtt.get();
    try {
      transport.subscribe(topics.own(Topics.NCMD), 1);
      transport.subscribe(topics.own(Topics.DCMD) + "/#", 1);
      if (topics.host().isEmpty()) {
        beBorn();
      } else {
        transport.subscribe(topics.state(), 1);
      }
    } catch (KuraException e) {
      birth.get().completeExceptionally(e);
    }
  }

  private void beBorn() throws KuraException {
    DataTransportService transport = mqtt.get();
    begun.set(true);
    node.birth((topic, payload) -> transport.publish(topic, payload, 0, false));
    since.set(Instant.now());
    birth.get().complete(null);
    ears.accept(l -> l.onConnectionEstablished(true));
  }

  @Override
  public void onConnectionLost(Throwable cause) {
    boolean was = node.born();
    node.end();
    confirmations.forget();
    since.set(Instant.now());
    birth.get().completeExceptionally(cause);
    if (was) {
      ears.accept(l -> l.onConnectionLost(cause));
    }
  }

  @Override
  public void onDisconnecting() {
    ears.accept(DataTransportListener::onDisconnecting);
  }

  @Override
  public void onDisconnected() {
    node.end();
    confirmations.forget();
    since.set(Instant.now());
    ears.accept(DataTransportListener::onDisconnected);
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
    if (!topics.host().isEmpty() && topic.equals(topics.state())) {
      strand.execute(() -> heard(payload));
      return;
    }
    String device = topics.device(topic, Topics.DCMD, Topics.NCMD);
    if (device != null) {
      strand.execute(() -> command(device, payload));
    } else {
      ears.accept(l -> l.onMessageArrived(topic, payload, qos, retained));
    }
  }

  private void heard(byte[] payload) {
    DataTransportService transport = mqtt.get();
    if (transport == null || !host.heard(payload)) {
      return;
    }
    if (!host.online()) {
      fall(transport, "the primary host " + topics.host() + " is offline");
      return;
    }
    try {
      beBorn();
    } catch (KuraException e) {
      birth.get().completeExceptionally(e);
    }
  }

  private void command(String device, byte[] payload) {
    try {
      List<SparkplugMetric> metrics = node.commanded(device, SparkplugPayload.decode(payload));
      boolean rebirth =
          metrics.stream()
              .anyMatch(m -> EdgeNode.REBIRTH.equals(m.name()) && Boolean.TRUE.equals(m.value()));
      if (rebirth) {
        node.rebirth();
      }
      Commands listener = commands.get();
      List<SparkplugMetric> others =
          metrics.stream().filter(m -> !EdgeNode.REBIRTH.equals(m.name())).toList();
      if (listener != null && !others.isEmpty()) {
        listener.command(device, others);
      }
    } catch (MalformedPayload e) {
      LOG.warn("{}: a command is no Sparkplug payload: {}", name, e.getMessage());
    } catch (KuraException e) {
      LOG.warn("{}: the rebirth could not be sent: {}", name, e.getMessage());
      check();
    }
  }

  @Override
  public void onMessageConfirmed(DataTransportToken token) {
    ears.accept(l -> l.onMessageConfirmed(token));
  }

  @Override
  public void close() {
    confirmations.close();
    strand.close();
  }
}

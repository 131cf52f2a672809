package org.penstock.cloud.mqtt;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.penstock.api.driver.LinkState;
import org.penstock.api.driver.LinkState.Phase;
import org.penstock.api.mqtt.MqttLink;
import org.penstock.api.mqtt.MqttLinkListener;
import org.penstock.api.mqtt.MqttLinkOptions;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A driver's link. Connecting and subscribing wait, so they run on one strand; the listener is called
 * on another.
 */
final class DriverLink implements MqttLink, Client.Sink {

  private static final Logger LOG = LoggerFactory.getLogger(DriverLink.class);
  private static final long FIRST_PAUSE_MS = 500;
  private static final long LONGEST_PAUSE_MS = 30_000;
  private static final long QUIESCE_MS = 200;

  private final MqttLinkOptions options;
  private final MqttLinkListener listener;
  private final Consumer<DriverLink> closed;
  private final Broker broker;
  private final Settings settings;
  private final Strand work;
  private final Strand events;
  private final Map<String, Integer> filters = new ConcurrentHashMap<>();
  private final Map<Integer, CompletableFuture<Void>> flying = new ConcurrentHashMap<>();
  private final AtomicReference<Client> client = new AtomicReference<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicReference<LinkState> state =
      new AtomicReference<>(new LinkState(Phase.UNKNOWN, "", Instant.now()));

  DriverLink(
      MqttLinkOptions options,
      MqttLinkListener listener,
      Strands strands,
      Consumer<DriverLink> closed) {
    this.options = options;
    this.listener = listener;
    this.closed = closed;
    this.broker = Broker.of(options.url(), "", options.clientId());
    this.settings = Settings.of(LinkConfig.of(options), broker, options.password());
    this.work = strands.open(options.name() + "/mqtt");
    this.events = strands.open(options.name() + "/events");
  }

  void start() {
    work.execute(this::connect);
  }

  private void connect() {
    Sockets sockets = new Sockets();
    Route direct = settings.route();
    sockets.use(
        broker.secure() ? direct.with((SSLSocketFactory) SSLSocketFactory.getDefault()) : direct);
    Client next = null;
    try {
      next = new Client3(settings, new Target(broker.uri(), broker.clientId(), sockets, work));
      client.set(next);
      new Link(new Link.Session(next, broker.clientId(), sockets, broker, false))
          .open(settings.timeoutMs(), this);
      for (Map.Entry<String, Integer> each : filters.entrySet()) {
        next.subscribe(each.getKey(), each.getValue());
      }
      online(next);
    } catch (ClientException e) {
      if (next != null) {
        next.close();
      }
      failed(e);
    }
  }

  /** Unless the connection was lost before it was told to be there: only this thread knows then. */
  private void online(Client next) throws ClientException {
    synchronized (client) {
      if (client.get() != next) {
        throw new ClientException(ClientException.Kind.LOST, "", null);
      }
      failures.set(0);
      enter(Phase.ONLINE, "");
    }
  }

  private void failed(Throwable why) {
    enter(Phase.OFFLINE, Failure.describe(broker.shown(), why));
    long most =
        Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(10, failures.getAndIncrement()));
    long pause = most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
    try {
      work.after(Duration.ofMillis(pause), this::connect);
    } catch (RejectedExecutionException e) {
      client.set(null); // closed meanwhile
    }
  }

  private void enter(Phase phase, String reason) {
    LinkState before = state.get();
    if (before.phase() == phase && before.reason().equals(reason)) {
      return;
    }
    LinkState now = new LinkState(phase, reason, Instant.now());
    state.set(now);
    if (phase == Phase.ONLINE) {
      LOG.info("{}: {} is there", options.name(), broker.shown());
    } else if (before.phase() != phase) {
      LOG.warn("{}: {}", options.name(), reason);
    }
    tell(() -> listener.state(now));
  }

  private void tell(Runnable event) {
    try {
      events.execute(event);
    } catch (RejectedExecutionException e) {
      flying.clear(); // closed: nobody listens
    }
  }

  @Override
  public LinkState state() {
    return state.get();
  }

  @Override
  public void subscribe(String filter, int qos) {
    filters.put(filter, qos);
    work.execute(
        () -> {
          Client now = client.get();
          if (now != null && now.isConnected()) {
            try {
              now.subscribe(filter, qos);
            } catch (ClientException e) {
              LOG.warn("{}: {}: {}", options.name(), filter, Failure.describe(broker.shown(), e));
            }
          }
        });
  }

  @Override
  public void unsubscribe(String filter) {
    filters.remove(filter);
    work.execute(
        () -> {
          Client now = client.get();
          if (now != null && now.isConnected()) {
            try {
              now.unsubscribe(filter);
            } catch (ClientException e) {
              LOG.warn("{}: {}: {}", options.name(), filter, Failure.describe(broker.shown(), e));
            }
          }
        });
  }

  @Override
  public CompletionStage<Void> publish(String topic, byte[] payload, int qos, boolean retain) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Client now = client.get();
    try {
      if (now == null || !state.get().online()) {
        throw new ClientException(ClientException.Kind.ENDED, state.get().reason(), null);
      }
      synchronized (flying) { // the confirmation may be faster than this
        int id = now.publish(topic, payload, qos, retain);
        if (qos == 0) {
          done.complete(null);
        } else {
          flying.put(id, done);
        }
      }
    } catch (ClientException | IllegalArgumentException e) {
      done.completeExceptionally(new IllegalStateException(Failure.describe(broker.shown(), e), e));
    }
    return done;
  }

  @Override
  public void lost(Throwable cause) {
    Client gone;
    boolean wasOnline;
    synchronized (client) {
      gone = client.getAndSet(null);
      wasOnline = state.get().online();
    }
    giveUp(Failure.describe(broker.shown(), cause));
    if (gone != null && wasOnline) {
      gone.close();
      failed(cause);
    }
  }

  /** Nobody confirms what was sent before. */
  private void giveUp(String words) {
    synchronized (flying) {
      flying.values().forEach(f -> f.completeExceptionally(new IllegalStateException(words)));
      flying.clear();
    }
  }

  @Override
  public void arrived(String topic, byte[] payload, int qos, boolean retained) {
    tell(() -> listener.message(topic, payload, retained));
  }

  @Override
  public void done(int id, int size, boolean delivered, String refusal) {
    if (!delivered || id == 0) {
      return;
    }
    CompletableFuture<Void> waiting;
    synchronized (flying) {
      waiting = flying.remove(id);
    }
    if (waiting != null) {
      waiting.complete(null);
    }
  }

  @Override
  public void close() {
    closed.accept(this);
    work.close();
    Client last = client.getAndSet(null);
    if (last != null) {
      try {
        if (last.isConnected()) {
          last.disconnect(QUIESCE_MS);
        }
      } catch (ClientException e) {
        LOG.debug("{}: {}", options.name(), e.getMessage());
      }
      last.close();
    }
    giveUp(options.name() + " is closed");
    events.close();
  }
}

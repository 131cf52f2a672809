package org.penstock.cloud.connection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloud.CloudConnectionEstablishedEvent;
import org.eclipse.kura.cloud.CloudConnectionLostEvent;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.data.DataService;
import org.eclipse.kura.data.listener.DataServiceListener;
import org.eclipse.kura.message.KuraPayload;
import org.osgi.service.event.EventAdmin;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.penstock.cloud.connection.Delivery.Storing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an endpoint does while its data service is connected. The data service's thread hands on at
 * once: subscribing waits for the broker, so it happens on a strand.
 */
final class Session implements DataServiceListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final String LIFE_CYCLE = "MQTT";
  private static final Set<String> IGNORED = Set.of(LIFE_CYCLE, "BA");
  private static final int REPLY_PRIORITY = 1;

  private final String pid;
  private final Strand strand;
  private final Outlet outlet;
  private final Supplier<Options> options;
  private final Births births;
  private final List<CloudConnectionListener> listeners;
  private final Arrivals arrivals;
  private final Requests requests;
  private final LifeCycle life;
  private final Subscriptions subscriptions = new Subscriptions();
  private final Map<CloudDeliveryListener, Predicate<String>> deliveries =
      new ConcurrentHashMap<>();
  private final AtomicReference<EventAdmin> events = new AtomicReference<>();

  Session(
      String pid,
      Strands strands,
      Outlet outlet,
      Supplier<Options> options,
      Births births,
      List<CloudConnectionListener> listeners,
      Notifier notifier) {
    this.pid = pid;
    this.strand = strands.open("cloud/connection/" + pid);
    this.outlet = outlet;
    this.options = options;
    this.births = births;
    this.listeners = listeners;
    this.arrivals = new Arrivals(strands, pid);
    this.requests = new Requests(notifier, Notifier.PID);
    this.life = new LifeCycle(strand, this::lifeCycle);
  }

  Requests requests() {
    return requests;
  }

  Arrivals arrivals() {
    return arrivals;
  }

  Map<CloudDeliveryListener, Predicate<String>> deliveries() {
    return deliveries;
  }

  AtomicReference<EventAdmin> events() {
    return events;
  }

  /** This data service is used from now on. */
  void begin(DataService service) {
    service.addDataServiceListener(this);
    if (service.isConnected()) {
      strand.execute(this::establish);
    }
  }

  /** This data service is used no more. */
  void end(DataService service) {
    life.leaveAndWait();
    service.removeDataServiceListener(this);
    life.lost();
  }

  void reconfigured() {
    strand.execute(
        () -> {
          if (life.isBorn()) {
            subscribeAll();
          }
        });
    life.changed(LifeCycle.Kind.BIRTH);
  }

  void changed(LifeCycle.Kind kind) {
    life.changed(kind);
  }

  void appsChanged() {
    life.changed(LifeCycle.Kind.APPS);
  }

  @Override
  public void onConnectionEstablished() {
    strand.execute(this::establish);
  }

  private void establish() {
    if (life.isBorn() || !outlet.connected()) {
      return;
    }
    subscribeAll();
    life.established();
    arrivals.tell(() -> listeners.forEach(CloudConnectionListener::onConnectionEstablished));
    EventAdmin admin = events.get();
    if (admin != null) {
      admin.postEvent(new CloudConnectionEstablishedEvent(Map.of("kura.service.pid", pid)));
    }
  }

  private void subscribeAll() {
    Options now = options.get();
    Map<String, Integer> filters = new HashMap<>(subscriptions.filters(now.topics()));
    if (now.config().enable_default_subscriptions()) {
      filters.put(now.topics().control("#", ""), 1);
    }
    filters.forEach(this::subscribe);
  }

  private void subscribe(String filter, int qos) {
    try {
      outlet.need().subscribe(filter, qos);
    } catch (KuraException e) {
      LOG.warn("{} can't subscribe to {}: {}", pid, filter, e.getMessage());
    }
  }

  /** A listener wants messages. */
  void subscribe(Map<String, Object> properties, CloudSubscriberListener listener) {
    Subscriptions.Wish wish = subscriptions.add(properties, listener);
    strand.execute(
        () -> {
          if (life.isBorn()) {
            subscribe(wish.filter(options.get().topics()), wish.qos());
          }
        });
  }

  /** A listener wants no more messages. */
  void unsubscribe(CloudSubscriberListener listener) {
    List<String> filters = subscriptions.remove(listener, options.get().topics());
    strand.execute(() -> filters.forEach(this::unsubscribe));
  }

  private void unsubscribe(String filter) {
    if (life.isBorn()) {
      try {
        outlet.need().unsubscribe(filter);
      } catch (KuraException e) {
        LOG.warn("{} can't unsubscribe from {}: {}", pid, filter, e.getMessage());
      }
    }
  }

  private void lifeCycle(LifeCycle.Kind kind) {
    Options now = options.get();
    boolean leaving = kind == LifeCycle.Kind.DC;
    KuraPayload payload = leaving ? births.disconnect(now) : births.birth(now, requests.apps());
    Delivery delivery =
        new Delivery(LIFE_CYCLE, kind.name(), leaving ? 0 : 1, false, 0, true, Storing.COMMON);
    try {
      String topic = now.topics().control(LIFE_CYCLE, kind.name());
      outlet.send(topic, payload, now.form(), delivery);
    } catch (KuraException e) {
      LOG.warn("{}: the {} message can't be stored: {}", pid, kind, e.getMessage());
    }
  }

  /** Sends to a client's control topic, QoS 0. */
  void control(String client, String app, String topic, KuraPayload payload) throws KuraException {
    Options now = options.get();
    outlet.send(
        now.topics().control(client, app, topic),
        payload,
        now.form(),
        new Delivery(app, topic, 0, false, REPLY_PRIORITY, true, Storing.COMMON));
  }

  @Override
  public void onDisconnecting() {
    life.leave();
  }

  @Override
  public void onDisconnected() {
    life.lost();
    arrivals.tell(() -> listeners.forEach(CloudConnectionListener::onDisconnected));
    lostEvent();
  }

  @Override
  public void onConnectionLost(Throwable cause) {
    life.lost();
    arrivals.tell(() -> listeners.forEach(CloudConnectionListener::onConnectionLost));
    lostEvent();
  }

  private void lostEvent() {
    EventAdmin admin = events.get();
    if (admin != null) {
      admin.postEvent(new CloudConnectionLostEvent(Map.of("kura.service.pid", pid)));
    }
  }

  @Override
  public void onMessageArrived(String topic, byte[] bytes, int qos, boolean retained) {
    Options now = options.get();
    now.topics()
        .parse(topic)
        .filter(parts -> !parts.control() || !IGNORED.contains(parts.app()))
        .ifPresent(parts -> arrived(now, parts, bytes));
  }

  private void arrived(Options now, Topics.Parts parts, byte[] bytes) {
    List<CloudSubscriberListener> wanted = subscriptions.listeners(parts);
    if (!wanted.isEmpty()) {
      arrivals.message(
          () -> {
            Map<String, Object> about =
                Map.of("deviceId", parts.device(), "appTopic", parts.rest());
            KuraPayload payload = now.form().decode(bytes);
            wanted.forEach(l -> l.onMessageArrived(new KuraMessage(payload, about)));
          });
    } else if (parts.control() && !parts.rest().startsWith("REPLY/")) {
      arrivals.request(() -> serve(now, parts, bytes));
    }
  }

  private void serve(Options now, Topics.Parts parts, byte[] bytes) {
    Requests.Answer answer = requests.serve(parts, now.form().decode(bytes));
    if (answer == null) {
      return;
    }
    try {
      control(answer.requester(), answer.app(), answer.topic(), answer.payload());
    } catch (KuraException e) {
      LOG.warn("{}: the answer to {} can't be sent: {}", pid, parts.app(), e.getMessage());
    }
  }

  @Override
  public void onMessagePublished(int id, String topic) {
    if (topic.endsWith("/" + LIFE_CYCLE + "/" + LifeCycle.Kind.DC)) {
      life.left();
    }
  }

  @Override
  public void onMessageConfirmed(int id, String topic) {
    deliveries.forEach(
        (listener, fits) -> {
          if (fits.test(topic)) {
            arrivals.tell(() -> listener.onMessageConfirmed(String.valueOf(id)));
          }
        });
  }

  @Override
  public void close() {
    life.leaveAndWait();
    outlet.present().ifPresent(service -> service.removeDataServiceListener(this));
    strand.close();
    arrivals.close();
  }
}

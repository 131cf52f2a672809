package org.penstock.cloud.connection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloud.CloudClient;
import org.eclipse.kura.cloud.CloudClientListener;
import org.eclipse.kura.cloud.CloudService;
import org.eclipse.kura.data.DataService;
import org.eclipse.kura.data.listener.DataServiceListener;
import org.eclipse.kura.message.KuraPayload;
import org.penstock.api.strand.Strand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kura's older way to a cloud connection, for applications that still ask for it: each has a client
 * of its own. Any thread may call.
 */
@SuppressWarnings("deprecation") // Kura's older interface is still asked for
final class AppClients implements CloudService, DataServiceListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AppClients.class);

  private final Strand strand;
  private final Outlet outlet;
  private final Supplier<Options> options;
  private final Session session;
  private final List<AppClient> clients = new CopyOnWriteArrayList<>();

  AppClients(Strand strand, Outlet outlet, Supplier<Options> options, Session session) {
    this.strand = strand;
    this.outlet = outlet;
    this.options = options;
    this.session = session;
  }

  Outlet outlet() {
    return outlet;
  }

  Options options() {
    return options.get();
  }

  byte[] encoded(KuraPayload payload) throws KuraException {
    return options.get().form().encode(payload);
  }

  /** Stores a message of an application; gives its id. */
  int send(String app, String topic, byte[] payload, int qos, boolean retain, int priority)
      throws KuraException {
    return outlet.sendRaw(
        topic,
        payload,
        new Delivery(app, topic, qos, retain, priority, false, Delivery.Storing.COMMON));
  }

  /** The application's data and control topics, as they stand in the outbox. */
  String own(String app) {
    return "(%s/)?[^/]+/[^/]+/%s(/.*)?"
        .formatted(Pattern.quote(options.get().topics().prefix()), Pattern.quote(app));
  }

  void begin(DataService service) {
    service.addDataServiceListener(this);
    if (service.isConnected()) {
      strand.execute(this::subscribeAll);
    }
  }

  void end(DataService service) {
    service.removeDataServiceListener(this);
  }

  @Override
  public CloudClient newCloudClient(String app) throws KuraException {
    if (app == null || app.isBlank()) {
      throw new IllegalArgumentException("an application id must be a text, given: " + app);
    }
    AppClient client = new AppClient(app, this);
    clients.add(client);
    session.requests().others().add(app);
    session.appsChanged();
    return client;
  }

  /** The application is done with it. */
  void release(AppClient client) {
    if (clients.remove(client)) {
      client.filters().keySet().forEach(this::unsubscribe);
      if (clients.stream().noneMatch(c -> c.getApplicationId().equals(client.getApplicationId()))) {
        session.requests().others().remove(client.getApplicationId());
      }
      session.appsChanged();
    }
  }

  @Override
  public String[] getCloudApplicationIdentifiers() {
    return session.requests().apps().toArray(String[]::new);
  }

  @Override
  public boolean isConnected() {
    return outlet.connected();
  }

  /** Now if there is a connection; the next ones ask by themselves. */
  void subscribe(String filter, int qos) {
    strand.execute(
        () -> {
          if (outlet.connected()) {
            ask(filter, qos);
          }
        });
  }

  /** Unless another client wants it still. */
  void unsubscribe(String filter) {
    if (clients.stream().noneMatch(c -> c.filters().containsKey(filter))) {
      strand.execute(
          () -> {
            try {
              if (outlet.connected()) {
                outlet.need().unsubscribe(filter);
              }
            } catch (KuraException e) {
              LOG.warn("can't unsubscribe from {}: {}", filter, e.getMessage());
            }
          });
    }
  }

  private void subscribeAll() {
    Map<String, Integer> filters = new HashMap<>();
    clients.forEach(c -> c.filters().forEach((f, qos) -> filters.merge(f, qos, Math::max)));
    filters.forEach(this::ask);
  }

  private void ask(String filter, int qos) {
    try {
      outlet.need().subscribe(filter, qos);
    } catch (KuraException e) {
      LOG.warn("can't subscribe to {}: {}", filter, e.getMessage());
    }
  }

  private void tell(List<AppClient> whom, Consumer<CloudClientListener> what) {
    whom.forEach(
        client -> client.listeners().forEach(l -> session.arrivals().tell(() -> what.accept(l))));
  }

  private List<AppClient> of(String app) {
    return clients.stream().filter(c -> c.getApplicationId().equals(app)).toList();
  }

  private List<AppClient> of(Topics.Parts parts) {
    return of(parts.app());
  }

  @Override
  public void onConnectionEstablished() {
    strand.execute(this::subscribeAll);
    tell(clients, CloudClientListener::onConnectionEstablished);
  }

  @Override
  public void onDisconnecting() {
    // the older listeners hear when it is done
  }

  @Override
  public void onDisconnected() {
    tell(clients, CloudClientListener::onConnectionLost);
  }

  @Override
  public void onConnectionLost(Throwable cause) {
    tell(clients, CloudClientListener::onConnectionLost);
  }

  @Override
  public void onMessageArrived(String topic, byte[] bytes, int qos, boolean retained) {
    Options now = options.get();
    now.topics()
        .parse(topic)
        .filter(parts -> !of(parts).isEmpty())
        .ifPresent(
            parts ->
                session
                    .arrivals()
                    .message(() -> arrived(parts, now.form().decode(bytes), qos, retained)));
  }

  private void arrived(Topics.Parts parts, KuraPayload payload, int qos, boolean retained) {
    for (AppClient client : of(parts)) {
      for (CloudClientListener listener : client.listeners()) {
        if (parts.control()) {
          listener.onControlMessageArrived(parts.device(), parts.rest(), payload, qos, retained);
        } else {
          listener.onMessageArrived(parts.device(), parts.rest(), payload, qos, retained);
        }
      }
    }
  }

  @Override
  public void onMessagePublished(int id, String topic) {
    options
        .get()
        .topics()
        .parse(topic)
        .ifPresent(parts -> tell(of(parts), l -> l.onMessagePublished(id, parts.rest())));
  }

  @Override
  public void onMessageConfirmed(int id, String topic) {
    options
        .get()
        .topics()
        .parse(topic)
        .ifPresent(parts -> tell(of(parts), l -> l.onMessageConfirmed(id, parts.rest())));
  }

  @Override
  public void close() {
    outlet.present().ifPresent(service -> service.removeDataServiceListener(this));
    strand.close();
  }
}

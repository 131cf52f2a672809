package org.penstock.cloud.connection;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.data.DataService;
import org.eclipse.kura.data.listener.DataServiceListener;
import org.eclipse.kura.message.KuraPayload;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a plain endpoint does while its data service is connected. */
final class RawSession implements DataServiceListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RawSession.class);

  /** One wish for messages. */
  private record Wish(String filter, int qos, CloudSubscriberListener listener) {}

  private final String pid;
  private final Strand strand;
  private final Outlet outlet;
  private final Arrivals arrivals;
  private final List<CloudConnectionListener> listeners;
  private final List<CloudDeliveryListener> deliveries = new CopyOnWriteArrayList<>();
  private final List<Wish> wishes = new CopyOnWriteArrayList<>();

  RawSession(String pid, Strands strands, Outlet outlet, List<CloudConnectionListener> listeners) {
    this.pid = pid;
    this.strand = strands.open("cloud/connection/" + pid);
    this.outlet = outlet;
    this.listeners = listeners;
    this.arrivals = new Arrivals(strands, pid);
  }

  Arrivals arrivals() {
    return arrivals;
  }

  List<CloudDeliveryListener> deliveries() {
    return deliveries;
  }

  void begin(DataService service) {
    service.addDataServiceListener(this);
    if (service.isConnected()) {
      onConnectionEstablished();
    }
  }

  void subscribe(Delivery wanted, CloudSubscriberListener listener) {
    Wish wish = new Wish(wanted.topic(), wanted.qos(), listener);
    wishes.add(wish);
    strand.execute(() -> subscribe(wish));
  }

  private void subscribe(Wish wish) {
    if (outlet.connected()) {
      try {
        outlet.need().subscribe(wish.filter(), wish.qos());
      } catch (KuraException e) {
        LOG.warn("{} can't subscribe to {}: {}", pid, wish.filter(), e.getMessage());
      }
    }
  }

  void unsubscribe(CloudSubscriberListener listener) {
    List<Wish> gone = wishes.stream().filter(w -> w.listener() == listener).toList();
    wishes.removeAll(gone);
    strand.execute(() -> gone.forEach(this::unsubscribe));
  }

  private void unsubscribe(Wish gone) {
    if (outlet.connected() && wishes.stream().noneMatch(w -> w.filter().equals(gone.filter()))) {
      try {
        outlet.need().unsubscribe(gone.filter());
      } catch (KuraException e) {
        LOG.warn("{} can't unsubscribe from {}: {}", pid, gone.filter(), e.getMessage());
      }
    }
  }

  @Override
  public void onConnectionEstablished() {
    strand.execute(
        () -> {
          wishes.forEach(this::subscribe);
          arrivals.tell(() -> listeners.forEach(CloudConnectionListener::onConnectionEstablished));
        });
  }

  @Override
  public void onDisconnecting() {
    // a plain connection has no last words
  }

  @Override
  public void onDisconnected() {
    arrivals.tell(() -> listeners.forEach(CloudConnectionListener::onDisconnected));
  }

  @Override
  public void onConnectionLost(Throwable cause) {
    arrivals.tell(() -> listeners.forEach(CloudConnectionListener::onConnectionLost));
  }

  @Override
  public void onMessageArrived(String topic, byte[] bytes, int qos, boolean retained) {
    List<CloudSubscriberListener> wanted =
        wishes.stream()
            .filter(w -> fits(w.filter(), topic))
            .map(Wish::listener)
            .distinct()
            .toList();
    if (!wanted.isEmpty()) {
      arrivals.message(
          () -> {
            KuraPayload payload = new KuraPayload();
            payload.setBody(bytes);
            KuraMessage message = new KuraMessage(payload, Map.of("topic", topic));
            wanted.forEach(l -> l.onMessageArrived(message));
          });
    }
  }

  /** The transport's tokens stand for one level each. */
  private static boolean fits(String filter, String topic) {
    return Topics.matches(filter.replace("#account-name", "+").replace("#client-id", "+"), topic);
  }

  @Override
  public void onMessagePublished(int id, String topic) {
    // nobody asks for that
  }

  @Override
  public void onMessageConfirmed(int id, String topic) {
    if (!deliveries.isEmpty()) {
      arrivals.tell(() -> deliveries.forEach(l -> l.onMessageConfirmed(String.valueOf(id))));
    }
  }

  @Override
  public void close() {
    outlet.present().ifPresent(service -> service.removeDataServiceListener(this));
    strand.close();
    arrivals.close();
  }
}

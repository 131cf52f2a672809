package org.penstock.cloud.connection;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;

/** Who wants which messages. Any thread may call. */
final class Subscriptions {

  /**
   * One wish.
   *
   * @param app application id, may hold wildcards
   * @param topic filter for what follows the application id
   */
  record Wish(
      String app, String topic, int qos, boolean control, CloudSubscriberListener listener) {

    private boolean fits(Topics.Parts parts) {
      return control == parts.control()
          && Topics.matches(
              app + (topic.isEmpty() ? "" : "/" + topic),
              parts.app() + (parts.rest().isEmpty() ? "" : "/" + parts.rest()));
    }

    String filter(Topics topics) {
      return control ? topics.control(app, topic) : topics.data(app, topic);
    }
  }

  private final List<Wish> wishes = new CopyOnWriteArrayList<>();

  Wish add(Map<String, Object> properties, CloudSubscriberListener listener) {
    Delivery wanted = Delivery.of(properties);
    Wish wish = new Wish(wanted.app(), wanted.topic(), wanted.qos(), wanted.control(), listener);
    wishes.add(wish);
    return wish;
  }

  /** Takes the listener's wishes away; gives filters that nobody needs any more. */
  List<String> remove(CloudSubscriberListener listener, Topics topics) {
    List<Wish> gone = wishes.stream().filter(w -> w.listener() == listener).toList();
    wishes.removeAll(gone);
    Map<String, Integer> left = filters(topics);
    return gone.stream()
        .map(w -> w.filter(topics))
        .distinct()
        .filter(f -> !left.containsKey(f))
        .toList();
  }

  /** Filters to subscribe to, each with its highest QoS. */
  Map<String, Integer> filters(Topics topics) {
    Map<String, Integer> filters = new TreeMap<>();
    wishes.forEach(w -> filters.merge(w.filter(topics), w.qos(), Math::max));
    return filters;
  }

  List<CloudSubscriberListener> listeners(Topics.Parts parts) {
    return wishes.stream().filter(w -> w.fits(parts)).map(Wish::listener).distinct().toList();
  }
}

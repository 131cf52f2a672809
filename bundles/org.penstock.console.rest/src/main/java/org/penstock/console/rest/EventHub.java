package org.penstock.console.rest;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.event.EventSink;
import org.penstock.api.security.Caller;

/**
 * Passes events on to whoever watches. The last ones are kept in memory, 2 MiB at most, so that a
 * watcher whose connection broke goes on where he was. Ids are {@code <start>-<number>}: those of a
 * former start are known as such.
 */
@Component(service = {EventHub.class, EventSink.class})
public final class EventHub implements EventSink {

  /** Type of the event that says that events were left out and all must be read anew. */
  static final String RESET = "reset";

  private static final int MOST_BYTES = 2 << 20;

  /** Types that are looked for only while somebody watches them, and so long after he left. */
  private static final Set<String> ON_DEMAND =
      Set.of(ValueWatch.TYPE, HealthWatch.HEALTH, LogWatch.TYPE);

  private static final Duration AFTER = Duration.ofMinutes(2);

  /**
   * One event.
   *
   * @param permissions of which a watcher needs one
   * @param group of the asset, empty for none
   * @param asset pid, empty when the event is of no asset
   * @param frame as it goes over the wire
   */
  record Event(
      long number,
      String type,
      List<String> permissions,
      String group,
      String asset,
      byte[] frame) {

    boolean isFor(Caller caller) {
      return permissions == Permissions.ANYBODY
          || permissions.stream().anyMatch(p -> caller.may(p, group));
    }
  }

  /** What somebody watches. */
  interface Watcher {
    /** Takes an event; returns at once. */
    void take(Event event);

    /** The types that he looks at. */
    Set<String> types();
  }

  private final String start = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();
  private final Deque<Event> last = new ArrayDeque<>();
  private final Set<Watcher> watchers = new CopyOnWriteArraySet<>();
  private final LongSupplier nanos;

  /** Of types on demand: the number of the last event before watching began. */
  private final Map<String, Long> began = new HashMap<>();

  /** Of types on demand: when the last watcher left. */
  private final Map<String, Long> left = new ConcurrentHashMap<>();

  private long number;
  private long bytes;

  /** Called by the component runtime. */
  @Activate
  public EventHub() {
    this(System::nanoTime);
  }

  EventHub(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public void tell(String type, String permission, Map<String, Object> data) {
    tell(type, List.of(permission), "", "", data);
  }

  /** Numbers and keeps an event, and passes it on. */
  synchronized void tell(
      String type, List<String> permissions, String group, String asset, Object data) {
    Event event = event(++number, type, permissions, group, asset, data);
    last.add(event);
    bytes += event.frame().length;
    while (bytes > MOST_BYTES) {
      bytes -= last.remove().frame().length;
    }
    watchers.forEach(w -> w.take(event));
  }

  /** An event with the present number, for one watcher. */
  synchronized Event aside(
      String type, List<String> permissions, String group, String asset, Object data) {
    return event(number, type, permissions, group, asset, data);
  }

  private Event event(
      long id, String type, List<String> permissions, String group, String asset, Object data) {
    String frame =
        "id: " + start + "-" + id + "\nevent: " + type + "\ndata: " + gson.toJson(data) + "\n\n";
    return new Event(id, type, permissions, group, asset, frame.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Lets somebody watch from now on, and gives him what he missed.
   *
   * @param lastId the id he saw last, or null
   * @return false when he must read all anew: he is new, or what he missed is gone
   */
  synchronized boolean watch(Watcher watcher, String lastId) {
    for (String type : watcher.types()) {
      if (ON_DEMAND.contains(type) && !isWanted(type)) {
        began.put(type, number);
      }
    }
    Optional<List<Event>> missed =
        lastId == null ? Optional.empty() : since(lastId, watcher.types());
    missed.ifPresent(events -> events.forEach(watcher::take));
    watchers.add(watcher);
    return missed.isPresent();
  }

  private Optional<List<Event>> since(String lastId, Set<String> types) {
    int dash = lastId.indexOf('-');
    if (dash < 0 || !lastId.substring(0, dash).equals(start)) {
      return Optional.empty();
    }
    long seen;
    try {
      seen = Long.parseLong(lastId.substring(dash + 1));
    } catch (NumberFormatException e) {
      return Optional.empty(); // not one of ours
    }
    long oldest = last.isEmpty() ? number + 1 : last.peek().number();
    long unbroken = types.stream().mapToLong(t -> began.getOrDefault(t, 0L)).max().orElse(0);
    if (seen > number || seen < oldest - 1 || seen < unbroken) {
      return Optional.empty();
    }
    List<Event> events = new ArrayList<>();
    for (Event event : last) {
      if (event.number() > seen) {
        events.add(event);
      }
    }
    return Optional.of(events);
  }

  void leave(Watcher watcher) {
    long now = nanos.getAsLong();
    watcher.types().forEach(type -> left.put(type, now));
    watchers.remove(watcher);
  }

  int watching() {
    return watchers.size();
  }

  /** Somebody watches, or did a moment ago and may come back. */
  boolean isWanted(String type) {
    if (watchers.stream().anyMatch(w -> w.types().contains(type))) {
      return true;
    }
    Long last = left.get(type);
    return last != null && nanos.getAsLong() - last < AFTER.toNanos();
  }
}

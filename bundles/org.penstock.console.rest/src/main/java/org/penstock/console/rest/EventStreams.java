package org.penstock.console.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.security.Caller;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** The watchers' connections: a resource grants a stream, the door opens it. */
@Component(service = {EventStreams.class, HealthSource.class})
public final class EventStreams implements HealthSource {

  /** Header by which a resource tells the door that the answer is a stream. */
  static final String HEADER = "penstock-stream";

  static final int MOST = 256;

  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final int MOST_GRANTED = 64;

  /** What was asked for. */
  record Wish(Caller caller, Set<String> types, Set<String> assets, String lastId) {}

  private final Instant since = Instant.now();
  private final EventHub hub;
  private final ValueWatch values;
  private final HealthWatch health;
  private final Strand strand;
  private final Map<String, Wish> granted = new ConcurrentHashMap<>();
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();

  /** Called by the component runtime. */
  @Activate
  public EventStreams(
      @Reference EventHub hub,
      @Reference ValueWatch values,
      @Reference HealthWatch health,
      @Reference Strands strands) {
    this.hub = hub;
    this.values = values;
    this.health = health;
    strand = strands.open("console/rest/streams");
    strand.every(BEAT, BEAT, () -> open.forEach(EventStream::beat));
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    strand.close();
    open.forEach(EventStream::end);
  }

  /** Grants a stream; empty when there are too many. */
  Optional<String> grant(Wish wish) {
    if (open.size() >= MOST) {
      return Optional.empty();
    }
    if (granted.size() >= MOST_GRANTED) {
      granted.clear(); // asked for and never opened
    }
    String ticket = UUID.randomUUID().toString();
    granted.put(ticket, wish);
    return Optional.of(ticket);
  }

  /** Opens a granted stream on this connection. */
  void open(
      String ticket,
      HttpServletRequest request,
      HttpServletResponse response,
      Supplier<Optional<Caller>> recheck)
      throws IOException {
    Wish wish = granted.remove(ticket);
    if (wish == null) {
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      AsyncRequests.complete(request);
      return;
    }
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType("text/event-stream;charset=utf-8");
    SecurityHeaders.set(response);
    AsyncContext context = AsyncRequests.of(request);
    context.setTimeout(0);
    EventStream stream =
        new EventStream(context, wish.caller(), wish.types(), wish.assets(), recheck, this::ended);
    open.add(stream);
    boolean begun = false;
    try {
      stream.begin();
      strand.execute(() -> join(stream, wish.lastId()));
      begun = true;
    } finally {
      if (!begun) {
        stream.end();
      }
    }
  }

  private void join(EventStream stream, String lastId) {
    boolean known = hub.watch(stream, lastId);
    if (!known && lastId != null) {
      stream.take(
          hub.aside(EventHub.RESET, Permissions.ANYBODY, "", "", Map.of("reason", "too old")));
    }
    if (!known && stream.types().contains(ValueWatch.TYPE)) {
      values.all().forEach(stream::take);
    }
    if (!known && stream.types().contains(HealthWatch.HEALTH)) {
      health.all().forEach(stream::take);
    }
    values.watch();
    stream.beat();
    if (!open.contains(stream)) {
      hub.leave(stream); // it went before it joined, or meanwhile
    }
  }

  private void ended(EventStream stream) {
    hub.leave(stream);
    open.remove(stream);
  }

  @Override
  public String name() {
    return "console/streams";
  }

  @Override
  public HealthState health() {
    return new HealthState(
        HealthState.Level.OK, "", since, Map.of("streams", open.size(), "streams.max", MOST));
  }
}

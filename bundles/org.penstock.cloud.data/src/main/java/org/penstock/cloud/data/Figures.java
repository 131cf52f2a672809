package org.penstock.cloud.data;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the health page shows of a data service. Any thread may call. */
final class Figures {

  private static final Logger LOG = LoggerFactory.getLogger(Figures.class);

  private final Store store;
  private final Pump pump;
  private final Connector connector;
  private final Rate rate = new Rate(System::nanoTime);
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicReference<String> problem = new AtomicReference<>("");
  private final AtomicReference<String> failure = new AtomicReference<>("");
  private final AtomicReference<HealthState> last = new AtomicReference<>();

  Figures(Store store, Pump pump, Connector connector) {
    this.store = store;
    this.pump = pump;
    this.connector = connector;
  }

  /** The configuration is wrong in a way that lets the rest work. */
  void problem(String words) {
    problem.set(words);
    LOG.error("{}", words);
  }

  /** A message was stored. */
  void stored() {
    rate.count();
    if (!failure.getAndSet("").isEmpty()) {
      LOG.info("messages can be stored again");
    }
  }

  /** The disk, or another store, does not work; the log says so once. */
  void failed(IOException why) {
    String words = "messages can't be stored: " + why.getMessage();
    if (failure.getAndSet(words).isEmpty()) {
      LOG.error("{}", words);
    }
  }

  void dropped(int count) {
    dropped.addAndGet(count);
  }

  void backlog(String name) {
    try {
      int depth = store.depth();
      if (depth > 0) {
        LOG.info("{}: {} messages of before wait to be sent", name, depth);
      }
      if (store.damaged() > 0) {
        LOG.error(
            "{}: {} damaged places in the outbox were left out, all else is there; check the disk",
            name,
            store.damaged());
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  HealthState state(boolean up, String fallback) {
    String reason = failure.get();
    Level level = Level.FAILED;
    if (reason.isEmpty()) {
      String other = problem.get().isEmpty() ? pump.trouble() : problem.get();
      reason = up || !connector.wanted() ? other : connector.reasonOr(fallback);
      level = reason.isEmpty() ? Level.OK : Level.DEGRADED;
    }
    HealthState before = last.get();
    boolean same = before != null && before.level() == level && before.reason().equals(reason);
    HealthState now =
        new HealthState(level, reason, same ? before.since() : Instant.now(), figures(up));
    last.set(now);
    return now;
  }

  private Map<String, Object> figures(boolean up) {
    Map<String, Object> all = new TreeMap<>();
    try {
      long oldest = store.oldest();
      all.put("outbox.depth", store.depth());
      all.put("outbox.in.flight", store.inFlight());
      all.put(
          "outbox.oldest.age.ms",
          oldest == 0 ? 0 : Math.max(0, System.currentTimeMillis() - oldest));
    } catch (IOException e) {
      failed(e);
    }
    all.put("outbox.bytes", store.bytes());
    all.put("stored.per.s", rate.perSecond());
    all.put("in.flight.window", pump.window().size());
    all.put("published", pump.publishedCount());
    all.put("confirmed", pump.confirmedCount());
    all.put("resting", pump.restingCount());
    all.put("evicted", store.evicted());
    all.put("damaged", store.damaged());
    all.put("dropped", dropped.get() + pump.refusedCount());
    all.put("connected", up ? 1 : 0);
    return all;
  }
}

package org.penstock.cloud.connection;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How one component is; the log says it once, on change. Any thread may call. */
final class Condition {

  private static final Logger LOG = LoggerFactory.getLogger(Condition.class);

  /** Level, reason and since when. */
  private record Now(Level level, String reason, Instant since) {}

  private final String name;
  private final AtomicReference<Now> now =
      new AtomicReference<>(new Now(Level.OK, "", Instant.now()));
  private final AtomicLong lost = new AtomicLong();

  Condition(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void failed(String reason) {
    if (enter(Level.FAILED, reason)) {
      LOG.error("{}: {}", name, reason);
    }
  }

  /** Values could not be stored, and nobody waits who could try again. */
  void lost(int count, String reason) {
    lost.addAndGet(count);
    if (enter(Level.DEGRADED, "values are lost: " + reason)) {
      LOG.error("{}: values are lost: {}", name, reason);
    }
  }

  /** Something that will be tried again did not work. */
  void degraded(String reason) {
    if (enter(Level.DEGRADED, reason)) {
      LOG.warn("{}: {}", name, reason);
    }
  }

  void isWell() {
    if (now.get().level() == Level.DEGRADED) {
      enter(Level.OK, "");
    }
  }

  private boolean enter(Level level, String reason) {
    Now before = now.get();
    return (before.level() != level || !before.reason().equals(reason))
        && now.compareAndSet(before, new Now(level, reason, Instant.now()));
  }

  HealthState state() {
    Now state = now.get();
    return new HealthState(
        state.level(), state.reason(), state.since(), Map.of("lost", lost.get()));
  }
}

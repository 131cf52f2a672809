package org.penstock.core.system;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;

/** A source of anybody's: what it throws is its own state, not the end of the health page. */
final class GuardedSource implements HealthSource {

  private final HealthSource source;
  private final AtomicReference<HealthState> failed = new AtomicReference<>();

  GuardedSource(HealthSource source) {
    this.source = source;
  }

  @Override
  public String name() {
    try {
      return source.name();
    } catch (RuntimeException | LinkageError broken) { // foreign code
      return source.getClass().getName();
    }
  }

  @Override
  public HealthState health() {
    try {
      HealthState state = source.health();
      return state == null ? failed("it gives no state") : state;
    } catch (RuntimeException | LinkageError broken) { // foreign code
      return failed("its state can't be had: " + broken);
    }
  }

  private HealthState failed(String reason) {
    return failed.updateAndGet(
        before ->
            before != null && before.reason().equals(reason)
                ? before
                : new HealthState(Level.FAILED, reason, Instant.now(), Map.of()));
  }
}

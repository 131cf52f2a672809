package org.penstock.cloud.mqtt;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;

/** What the health page shows of a transport. Any thread may call. */
final class Status {

  final AtomicLong sent = new AtomicLong();
  final AtomicLong confirmed = new AtomicLong();
  final AtomicLong bytes = new AtomicLong();
  final AtomicLong arrived = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicReference<Phase> phase =
      new AtomicReference<>(new Phase(Level.OK, "", Instant.now()));

  private record Phase(Level level, String reason, Instant since) {}

  void connected() {
    connections.incrementAndGet();
    enter(Level.OK, "");
  }

  void disconnected() {
    enter(Level.OK, "");
  }

  void failed(String reason) {
    enter(Level.DEGRADED, reason);
  }

  void misconfigured(String reason) {
    enter(Level.FAILED, reason);
  }

  private void enter(Level level, String reason) {
    phase.updateAndGet(
        p ->
            p.level == level && p.reason.equals(reason)
                ? p
                : new Phase(level, reason, Instant.now()));
  }

  /** The broker has taken a message and does not keep it. */
  void refused(String reason) {
    refused.incrementAndGet();
    enter(Level.DEGRADED, "the broker refuses messages: " + reason);
  }

  /**
   * The state now.
   *
   * @param limit how many unconfirmed messages the broker takes, when that has held some back, else 0
   */
  HealthState state(String broker, boolean connected, int limit) {
    Phase now = phase.get();
    boolean held = limit > 0 && now.reason.isEmpty();
    return new HealthState(
        now.level,
        held
            ? "the broker takes "
                + limit
                + " unconfirmed messages at a time, which limits the rate; raise its receive"
                + " maximum (mosquitto: max_inflight_messages)"
            : now.reason,
        now.since,
        Map.of(
            "broker.url", broker,
            "connected", connected ? 1 : 0,
            "messages.sent", sent.get(),
            "messages.confirmed", confirmed.get(),
            "messages.arrived", arrived.get(),
            "messages.refused", refused.get(),
            "bytes.sent", bytes.get(),
            "reconnects", Math.max(0, connections.get() - 1)));
  }
}

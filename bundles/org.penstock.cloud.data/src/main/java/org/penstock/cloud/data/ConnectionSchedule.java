package org.penstock.cloud.data;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.penstock.api.cron.Cron;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;

/**
 * Connects at the times of a table and disconnects when nothing has moved for a while. A message of
 * high priority may connect at any time. Runs on its strand.
 */
final class ConnectionSchedule implements AutoCloseable {

  /**
   * The rules.
   *
   * @param inactivity disconnects after so long without a movement
   * @param override a message may connect
   * @param threshold of this priority number or a lower one
   */
  record Rules(Cron table, Duration inactivity, boolean override, int threshold) {}

  /** What the schedule sees and does. */
  interface Link {
    void connect();

    void disconnect();

    /** There is a connection, and nothing has moved for so long, and nothing is in flight. */
    boolean idle(Duration time);

    int mostUrgent();
  }

  private static final Duration CHECK = Duration.ofSeconds(1);
  private static final Duration CLOCK_CHECK = Duration.ofMinutes(1);
  private static final Duration JUMP = Duration.ofSeconds(60);

  private final Rules rules;
  private final Strand strand;
  private final Clock clock;
  private final Link link;
  private final Schedule checks;
  private final Schedule clockChecks;
  private Schedule tick;
  private boolean connecting;
  private Instant lastWall;

  ConnectionSchedule(Rules rules, Strand strand, Clock clock, Link link) {
    this.rules = rules;
    this.strand = strand;
    this.clock = clock;
    this.link = link;
    this.lastWall = clock.instant();
    this.checks = strand.every(CHECK, CHECK, this::check);
    this.clockChecks = strand.every(CLOCK_CHECK, CLOCK_CHECK, this::checkClock);
    strand.execute(this::await);
  }

  private void await() {
    connecting = false;
    link.disconnect();
    if (tick != null) {
      tick.close();
    }
    Instant now = clock.instant();
    tick =
        rules
            .table()
            .next(now, clock.getZone())
            .map(due -> strand.after(Duration.between(now, due), this::begin))
            .orElse(null);
    if (link.mostUrgent() <= rules.threshold()) {
      begin();
    }
  }

  private void begin() {
    if (!connecting) {
      connecting = true;
      link.connect();
    }
  }

  private void check() {
    if (connecting && link.idle(rules.inactivity())) {
      await();
    }
  }

  private void checkClock() {
    Instant now = clock.instant();
    Duration passed = Duration.between(lastWall, now);
    lastWall = now;
    if (passed.minus(CLOCK_CHECK).abs().compareTo(JUMP) > 0) {
      await();
    }
  }

  /** A message was stored. Called by any thread. */
  void stored(int priority) {
    if (rules.override() && priority <= rules.threshold()) {
      strand.execute(this::begin);
    }
  }

  @Override
  public void close() {
    checks.close();
    clockChecks.close();
  }
}

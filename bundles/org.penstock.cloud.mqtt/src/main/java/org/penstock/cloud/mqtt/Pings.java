package org.penstock.cloud.mqtt;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;

/**
 * When a client looks whether the broker is alive: four times in each keep-alive, so that a dead link
 * is noticed within one and a half of them. The library alone would take up to two.
 */
final class Pings {

  private final Strand strand;
  private final long mostMs;
  private final AtomicReference<Schedule> due = new AtomicReference<>();

  Pings(Strand strand, int keepAliveSeconds) {
    this.strand = strand;
    this.mostMs = Math.max(250, keepAliveSeconds * 250L);
  }

  void schedule(long delayMs, Runnable check) {
    try {
      Schedule next = strand.after(Duration.ofMillis(Math.min(delayMs, mostMs)), check);
      cancel(due.getAndSet(next));
    } catch (RejectedExecutionException e) {
      stop(); // the transport has been closed
    }
  }

  void stop() {
    cancel(due.getAndSet(null));
  }

  private static void cancel(Schedule schedule) {
    if (schedule != null) {
      schedule.close();
    }
  }
}

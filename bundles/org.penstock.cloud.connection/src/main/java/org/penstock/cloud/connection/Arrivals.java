package org.penstock.cloud.connection;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/**
 * Where applications hear of messages and connections: on strands of their own, so that a slow one
 * holds up neither the transport nor life-cycle messages. Any thread may call.
 */
final class Arrivals implements AutoCloseable {

  /** More than this may not wait: what comes beyond is dropped and counted. */
  static final int MOST_WAITING = 10_000;

  private static final long AWAIT_MS = 500;

  private final Strand listeners;
  private final Strand handlers;
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  Arrivals(Strands strands, String pid) {
    listeners = strands.open("cloud/arrivals/" + pid);
    handlers = strands.open("cloud/requests/" + pid);
  }

  /** To applications' listeners. */
  void tell(Runnable task) {
    listeners.execute(task);
  }

  void message(Runnable task) {
    offer(listeners, task);
  }

  void request(Runnable task) {
    offer(handlers, task);
  }

  private void offer(Strand strand, Runnable task) {
    count.incrementAndGet();
    if (strand.waiting() < MOST_WAITING) {
      strand.execute(task);
    } else {
      dropped.incrementAndGet();
    }
  }

  long count() {
    return count.get();
  }

  long dropped() {
    return dropped.get();
  }

  @Override
  public void close() {
    listeners.close();
    handlers.close();
  }

  /** Runs a last task on the strand and waits for it, half a second at most. */
  static void await(Strand strand, Runnable task) {
    CountDownLatch done = new CountDownLatch(1);
    strand.execute(
        () -> {
          task.run();
          done.countDown();
        });
    try {
      done.await(AWAIT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

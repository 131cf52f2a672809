package org.penstock.acceptance.deployment;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.penstock.acceptance.product.Gateway;

/** Asks for the health page each half second and counts what is no answer. */
final class HealthPoller implements AutoCloseable {

  private static final long PERIOD_MS = 500;

  private final Gateway gateway;
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong longestMs = new AtomicLong();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::poll, "test/health");

  HealthPoller(Gateway gateway) {
    this.gateway = gateway;
    thread.setDaemon(true);
    thread.start();
  }

  private void poll() {
    while (!Thread.currentThread().isInterrupted()) {
      long begin = System.nanoTime();
      asked.incrementAndGet();
      try {
        if (!gateway.health().has("states")) {
          failures.add("no states");
        }
      } catch (RuntimeException e) { // thread start
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        failures.add(e.toString());
      }
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      longestMs.accumulateAndGet(took, Math::max);
      try {
        TimeUnit.MILLISECONDS.sleep(Math.max(1, PERIOD_MS - took));
      } catch (InterruptedException e) {
        return; // closed
      }
    }
  }

  List<String> failures() {
    return failures;
  }

  @Override
  public String toString() {
    return "%d asked, %d failed, longest %d ms"
        .formatted(asked.get(), failures.size(), longestMs.get());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

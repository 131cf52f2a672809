package org.penstock.cloud.data;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.data.DataTransportService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps trying to connect while that is wanted. A connection attempt blocks for as long as the
 * network likes, so it has a thread of its own, which lives only while there is no connection.
 */
final class Connector implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Connector.class);
  private static final long FIRST_PAUSE_MS = 500;
  private static final long CLOSE_MS = 2000;

  private final String name;
  private final long longestPauseMs;
  private final Listener listener;
  private final Object lock = new Object();

  // guarded by lock
  private Thread thread;
  private DataTransportService transport;
  private boolean wanted;
  private String reason = "";
  private boolean lossSaid;

  /** Hears of attempts. */
  @FunctionalInterface
  interface Listener {
    /** An attempt ended; null when it was successful. */
    void attempted(KuraConnectException failure);
  }

  Connector(String name, Duration longestPause, Listener listener) {
    this.name = name;
    this.longestPauseMs = longestPause.toMillis();
    this.listener = listener;
  }

  /** Connects this transport from now on, or none. */
  void use(DataTransportService now) {
    synchronized (lock) {
      transport = now;
      lock.notifyAll();
      startIfNeeded();
    }
  }

  /** A connection is wanted from now on, or not. */
  void want(boolean now) {
    synchronized (lock) {
      wanted = now;
      lock.notifyAll();
      startIfNeeded();
    }
  }

  /** The connection may be gone: look after it. */
  void check() {
    synchronized (lock) {
      startIfNeeded();
    }
  }

  /** The connection is gone: says so and looks after it. */
  void lost(String cause) {
    LOG.warn("{}: connection lost{}; tried again until it works", name, cause);
    synchronized (lock) {
      lossSaid = true;
      startIfNeeded();
    }
  }

  boolean wanted() {
    synchronized (lock) {
      return wanted;
    }
  }

  /** Why the last attempt failed, or the given words when it did not. */
  String reasonOr(String fallback) {
    synchronized (lock) {
      return reason.isEmpty() ? fallback : reason;
    }
  }

  private void startIfNeeded() {
    if (thread == null && wanted && transport != null) {
      thread = new Thread(this::run, name + "/connect");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void run() {
    long pause = FIRST_PAUSE_MS;
    DataTransportService target = target();
    while (target != null) {
      String failure = attempt(target);
      target = failure.isEmpty() ? target() : afterPause(pause);
      pause = failure.isEmpty() ? FIRST_PAUSE_MS : Math.min(longestPauseMs, pause * 2);
    }
  }

  private String attempt(DataTransportService target) {
    String failure = "";
    boolean unreachable = false;
    try {
      target.connect();
      listener.attempted(null);
    } catch (KuraConnectException e) {
      listener.attempted(e);
      failure = String.valueOf(e.getMessage());
      unreachable = unreachable(e);
    } catch (IllegalStateException e) {
      failure = target.isConnected() ? "" : String.valueOf(e.getMessage());
    } catch (RuntimeException | Error e) { // foreign code: a transport may throw anything
      LOG.error("{}: the transport failed", name, e);
      failure = "the transport failed: " + e;
    }
    synchronized (lock) {
      if (failure.isEmpty()) {
        lossSaid = false;
      } else if (!failure.equals(reason) && !(lossSaid && unreachable)) {
        LOG.warn("{}: {}; tried again until it works", name, failure);
      }
      reason = failure;
    }
    return failure;
  }

  /** A broker that is still away is no news after "connection lost"; one that refuses us is. */
  private static boolean unreachable(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SocketException || t instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  /** The transport to connect, or null when there is nothing to do: then this thread ends. */
  private DataTransportService target() {
    synchronized (lock) {
      if (!wanted || transport == null || transport.isConnected()) {
        thread = null;
        return null;
      }
      return transport;
    }
  }

  private DataTransportService afterPause(long pause) {
    long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    synchronized (lock) {
      try {
        if (wanted && transport != null) {
          lock.wait(jittered);
        }
      } catch (InterruptedException e) {
        thread = null;
        return null;
      }
    }
    return target();
  }

  @Override
  public void close() {
    Thread running;
    synchronized (lock) {
      wanted = false;
      running = thread;
      lock.notifyAll();
    }
    if (running != null) {
      running.interrupt();
      try {
        running.join(CLOSE_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

package org.penstock.cloud.mqtt;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection, from the attempt to its end. A client that keeps its session serves several links
 * in turn. Any thread may call.
 */
final class Link {

  /** Bytes that may wait in the library's memory; one larger message may go alone. */
  private static final long MOST_WAITING_BYTES = 4L << 20;

  /** Messages that may wait there: what goes next is for the outbox to say. */
  private static final int MOST_WAITING = 20_000;

  private final Session session;
  private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger unconfirmed = new AtomicInteger();

  /** Messages of QoS 0 that the library has not written. */
  private final AtomicInteger unsent = new AtomicInteger();

  private final AtomicBoolean limited = new AtomicBoolean();
  private final AtomicBoolean refused = new AtomicBoolean();
  private final AtomicBoolean up = new AtomicBoolean();

  /**
   * A client, and the name that its tokens carry.
   *
   * @param broker whom it is connected to
   * @param used it served a link before
   */
  record Session(Client client, String id, Sockets sockets, Broker broker, boolean used) {

    Session again() {
      return new Session(client, id, sockets, broker, true);
    }
  }

  Link(Session session) {
    this.session = session;
  }

  Session session() {
    return session;
  }

  /**
   * Connects, and waits for that.
   *
   * @return the broker knew the session, and this client has served it before
   * @throws ClientException it failed, or {@link #abort} was called
   */
  boolean open(long timeoutMs, Client.Sink events) throws ClientException {
    session
        .client()
        .connect(events)
        .whenComplete(
            (known, error) -> {
              if (error == null) {
                opened.complete(known);
              } else {
                opened.completeExceptionally(error);
              }
            });
    try {
      // connecting and waiting for the broker's answer each have the time-out
      return opened.get(2 * timeoutMs + 1000, TimeUnit.MILLISECONDS) && session.used();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ClientException c
          ? c
          : new ClientException(
              ClientException.Kind.OTHER, String.valueOf(e.getCause()), e.getCause());
    } catch (TimeoutException e) {
      throw new ClientException(ClientException.Kind.TIMEOUT, "no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException(ClientException.Kind.ENDED, "interrupted", e);
    }
  }

  /** Ends an attempt to connect at once. */
  void abort() {
    opened.completeExceptionally(
        new ClientException(ClientException.Kind.ENDED, "disconnecting", null));
    session.client().abort();
  }

  /** True once: the connection is told to be up. */
  boolean rise() {
    return session.client().isConnected() && up.compareAndSet(false, true);
  }

  /** True if it was up and is not from now on. */
  boolean fall() {
    return up.compareAndSet(true, false);
  }

  boolean connected() {
    return up.get() && session.client().isConnected();
  }

  /** Hands a message to the client; does not wait; gives its id. */
  int publish(String topic, byte[] payload, int qos, boolean retain) throws ClientException {
    int size = payload.length;
    boolean room = waitingBytes.addAndGet(size) <= Math.max(MOST_WAITING_BYTES, size);
    room &= waiting.incrementAndGet() <= MOST_WAITING;
    if (qos == 0) {
      unsent.incrementAndGet();
    }
    boolean allowed =
        qos == 0 || unconfirmed.incrementAndGet() <= session.client().receiveMaximum();
    limited.compareAndSet(false, !allowed);
    try {
      if (!room || !allowed) {
        throw new ClientException(ClientException.Kind.FULL, "too many messages wait", null);
      }
      return session.client().publish(topic, payload, qos, retain);
    } catch (ClientException | IllegalArgumentException e) {
      taken(size, qos > 0);
      if (e instanceof ClientException c && c.kind() == ClientException.Kind.FULL) {
        refused.set(true);
      }
      throw e;
    }
  }

  private void taken(int size, boolean confirmable) {
    waitingBytes.addAndGet(-size);
    waiting.decrementAndGet();
    if (confirmable) {
      unconfirmed.decrementAndGet();
    } else {
      synchronized (unsent) {
        unsent.decrementAndGet();
        unsent.notifyAll();
      }
    }
  }

  /**
   * A message of this link is done.
   *
   * @return whoever was refused for want of room should hear of it
   */
  boolean done(int size, boolean confirmable) {
    taken(size, confirmable);
    return refused.compareAndSet(true, false);
  }

  /** The broker's receive maximum has held messages back. */
  boolean limited() {
    return limited.get();
  }

  /** Sends what waits, for so long, and disconnects in order; 1.6 s more at most. */
  void disconnect(long quiesceMs) throws ClientException {
    if (session.client().isConnected()) {
      long begun = System.nanoTime();
      writeOut(quiesceMs);
      long gone = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      session.client().disconnect(Math.max(0, quiesceMs - gone));
    }
  }

  /** Paho waits for confirmations alone, and drops what it has not begun to write. */
  private void writeOut(long quiesceMs) {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(quiesceMs);
    synchronized (unsent) {
      try {
        long left = quiesceMs;
        while (unsent.get() > 0 && left > 0 && session.client().isConnected()) {
          unsent.wait(left);
          left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

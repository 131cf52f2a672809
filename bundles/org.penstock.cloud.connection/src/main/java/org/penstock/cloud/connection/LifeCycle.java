package org.penstock.cloud.connection;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;

/** When BIRTH, APPS and DC are sent. Any thread may call. */
final class LifeCycle {

  /** Which message. */
  enum Kind {
    /** The gateway is there; all about it. */
    BIRTH,
    /** As BIRTH; its applications have changed. */
    APPS,
    /** The gateway leaves. */
    DC
  }

  /** Puts a message into the outbox; failures are its own matter. */
  @FunctionalInterface
  interface Sender {
    void send(Kind kind);
  }

  /** Changes come in bursts: one message for all that happen within this time. */
  static final Duration PAUSE = Duration.ofSeconds(30);

  private static final long FAREWELL_MS = 1000;

  private final Strand strand;
  private final Sender sender;
  private final AtomicBoolean born = new AtomicBoolean();
  private final AtomicReference<Schedule> due = new AtomicReference<>();
  private final AtomicReference<Kind> next = new AtomicReference<>();
  private final AtomicReference<CountDownLatch> farewell = new AtomicReference<>();

  LifeCycle(Strand strand, Sender sender) {
    this.strand = strand;
    this.sender = sender;
  }

  /** There is a connection: says so at once. */
  void established() {
    cancel();
    born.set(true);
    sender.send(Kind.BIRTH);
  }

  boolean isBorn() {
    return born.get();
  }

  /** The connection is gone; the will speaks for us. */
  void lost() {
    born.set(false);
    cancel();
  }

  /** Something changed: says so in a while, the last kind wins. */
  void changed(Kind kind) {
    if (born.get() && next.getAndSet(kind) == null) {
      due.set(strand.after(PAUSE, this::sendDue));
    }
  }

  private void sendDue() {
    Kind kind = next.getAndSet(null);
    if (kind != null && born.get()) {
      sender.send(kind);
    }
  }

  private void cancel() {
    next.set(null);
    Schedule waiting = due.getAndSet(null);
    if (waiting != null) {
      waiting.close();
    }
  }

  /** The gateway leaves: says so, once for each connection. */
  boolean leave() {
    cancel();
    boolean was = born.compareAndSet(true, false);
    if (was) {
      sender.send(Kind.DC);
    }
    return was;
  }

  /** As {@link #leave}, and waits for a second at most until the message is with the transport. */
  void leaveAndWait() {
    CountDownLatch sent = new CountDownLatch(1);
    farewell.set(sent);
    if (leave()) {
      try {
        sent.await(FAREWELL_MS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The transport has got a DC message. */
  void left() {
    CountDownLatch waiting = farewell.get();
    if (waiting != null) {
      waiting.countDown();
    }
  }
}

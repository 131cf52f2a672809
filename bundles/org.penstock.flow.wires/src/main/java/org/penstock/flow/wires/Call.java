package org.penstock.flow.wires;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A receiver at work on one value, in one thread. What it passes on meanwhile does not count as its own. */
final class Call {

  private static final ThreadLocal<Call[]> CURRENT = ThreadLocal.withInitial(() -> new Call[1]);

  private final LiveWire wire;
  private final Thread thread = Thread.currentThread();
  private final Call[] current;
  private final Call outer;
  private final long began = System.nanoTime();
  private final AtomicLong spared = new AtomicLong();
  private final AtomicBoolean within = new AtomicBoolean();
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private final AtomicBoolean done = new AtomicBoolean();

  private Call(LiveWire wire, Call... current) {
    this.wire = wire;
    this.current = current;
    this.outer = current[0];
  }

  /** Begins in the thread that calls. */
  static Call begin(LiveWire wire) {
    Call[] current = CURRENT.get();
    Call call = new Call(wire, current);
    if (call.outer != null) {
      call.outer.within.set(true);
    }
    current[0] = call;
    return call;
  }

  /**
   * Ends.
   *
   * @return nanoseconds that the receiver itself took
   */
  long end() {
    long took = System.nanoTime() - began;
    current[0] = outer;
    if (outer != null) {
      outer.spared.addAndGet(took);
      outer.within.set(false);
    }
    synchronized (this) {
      done.set(true);
      if (interrupted.get()) {
        Thread.interrupted(); // was meant for the receiver
      }
    }
    return took - spared.get();
  }

  LiveWire wire() {
    return wire;
  }

  /** Nanoseconds that the receiver itself has taken so far; 0 while it passes something on. */
  long own(long now) {
    return within.get() ? 0 : now - began - spared.get();
  }

  /** Wakes up the thread if it still waits in the receiver; once. */
  synchronized void interrupt() {
    if (!done.get() && interrupted.compareAndSet(false, true)) {
      thread.interrupt();
    }
  }
}

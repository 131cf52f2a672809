package org.penstock.flow.wires;

/** A receiver at work on one value, in one thread. What it passes on meanwhile does not count as its own. */
final class Call {

  private static final ThreadLocal<Call[]> CURRENT = ThreadLocal.withInitial(() -> new Call[1]);

  private final LiveWire wire;
  private final Thread thread = Thread.currentThread();
  private final Call[] current;
  private final Call outer;
  private final long began = System.nanoTime();

  /** Written by the thread of the call alone; one object of many fields, since each envelope makes one. */
  private volatile long spared;

  private volatile boolean within;

  // guarded by this
  private boolean interrupted;
  private boolean done;

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
      call.outer.within = true;
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
      outer.spared += took;
      outer.within = false;
    }
    synchronized (this) {
      done = true;
      if (interrupted) {
        Thread.interrupted(); // was meant for the receiver
      }
    }
    return took - spared;
  }

  LiveWire wire() {
    return wire;
  }

  /** Nanoseconds that the receiver itself has taken so far; 0 while it passes something on. */
  long own(long now) {
    return within ? 0 : now - began - spared;
  }

  /** Wakes up the thread if it still waits in the receiver; once. */
  synchronized void interrupt() {
    if (!done && !interrupted) {
      interrupted = true;
      thread.interrupt();
    }
  }
}

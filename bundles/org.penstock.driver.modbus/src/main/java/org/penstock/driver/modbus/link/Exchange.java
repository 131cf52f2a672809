package org.penstock.driver.modbus.link;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.modbus.codec.Request;

/** One request on its way to a unit. Made by anyone; from then on it belongs to the line's thread. */
public final class Exchange {

  /** Who wants the answer. Called once, in the line's thread; must not wait. */
  public interface Handler {

    /**
     * The unit answered, good or with an exception; the bytes fit the request.
     *
     * @param pdu valid during the call only
     * @param roundTrip nanoseconds
     */
    void answered(ByteBuffer pdu, long roundTrip);

    /** There is no answer. */
    void failed(DriverException reason);
  }

  private final Object owner;
  private final int unit;
  private final Request request;
  private final long timeoutNanos;
  private final Handler handler;
  private final boolean probe;
  private final Progress progress = new Progress();

  /** What happened so far; the line's thread only. */
  static final class Progress {
    int transaction;
    int tries;
    long firstSent;
    long sent;
    long due;
    long end;
    boolean parked;
    boolean ended;
  }

  /**
   * A request.
   *
   * @param owner whose closing ends it
   * @param timeout from sending to the answer
   */
  public Exchange(Object owner, int unit, Request request, Duration timeout, Handler handler) {
    this(owner, unit, request, timeout, handler, false);
  }

  /**
   * A request.
   *
   * @param probe only asks whether somebody is there: silence is no news and goes into no log
   */
  public Exchange(
      Object owner, int unit, Request request, Duration timeout, Handler handler, boolean probe) {
    this.owner = owner;
    this.unit = unit;
    this.request = request;
    this.timeoutNanos = timeout.toNanos();
    this.handler = handler;
    this.probe = probe;
  }

  boolean probe() {
    return probe;
  }

  /** The unit id. */
  public int unit() {
    return unit;
  }

  Object owner() {
    return owner;
  }

  Request request() {
    return request;
  }

  long timeoutNanos() {
    return timeoutNanos;
  }

  Progress progress() {
    return progress;
  }

  /** Gives the answer to whoever waits, unless that has been done. */
  void answer(ByteBuffer pdu, long now) {
    if (!progress.ended) {
      progress.ended = true;
      handler.answered(pdu, now - progress.sent);
    }
  }

  /** Tells whoever waits that there is none, unless that has been done. */
  void fail(DriverException reason) {
    if (!progress.ended) {
      progress.ended = true;
      handler.failed(reason);
    }
  }
}

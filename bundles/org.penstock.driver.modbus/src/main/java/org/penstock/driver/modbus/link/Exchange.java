package org.penstock.driver.modbus.link;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.modbus.codec.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  /**
   * How a unit is treated.
   *
   * @param timeout from sending to the answer
   * @param pause between its answer and the next request to it
   * @param outstanding requests that it may be sent before the first is answered, where answers tell to
   *     which they belong; 0: found out; {@link #AS_THE_LINK}
   */
  public record Pace(Duration timeout, Duration pause, int outstanding) {

    /** As many as the link allows. */
    public static final int AS_THE_LINK = -1;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final AtomicInteger FAULTS = new AtomicInteger(); // the log has the first

  private final Object owner;
  private final int unit;
  private final Request request;
  private final long timeoutNanos;
  private final Handler handler;
  private final boolean probe;
  private final long pauseNanos;
  private final int outstanding;
  private final Progress progress = new Progress();

  /** What happened so far; the line's thread only. */
  static final class Progress {
    int transaction;
    int tries;
    int outstanding; // of the link, with this one
    int ofUnit; // of those, of the unit
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
    this(owner, unit, request, new Pace(timeout, Duration.ZERO, Pace.AS_THE_LINK), handler, false);
  }

  /**
   * A request.
   *
   * @param probe only asks whether somebody is there: silence is no news and goes into no log
   */
  public Exchange(
      Object owner, int unit, Request request, Pace pace, Handler handler, boolean probe) {
    this.owner = owner;
    this.unit = unit;
    this.request = request;
    this.timeoutNanos = pace.timeout().toNanos();
    this.pauseNanos = pace.pause().toNanos();
    this.outstanding = pace.outstanding();
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

  long pauseNanos() {
    return pauseNanos;
  }

  int outstanding() {
    return outstanding;
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

  /**
   * Tells whoever waits that there is none, unless that has been done. For the line's thread, and for
   * whoever has not given it to a line. An error of who is told stays here: others are to be told too.
   */
  public void fail(DriverException reason) {
    if (!progress.ended) {
      progress.ended = true;
      try {
        handler.failed(reason);
      } catch (RuntimeException | LinkageError bug) { // foreign code: whoever waits
        if (FAULTS.getAndIncrement() == 0) {
          LOG.error("an error of who is told that unit {} failed; others are told", unit, bug);
        }
      }
    }
  }
}

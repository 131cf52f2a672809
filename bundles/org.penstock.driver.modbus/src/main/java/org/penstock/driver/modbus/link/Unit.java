package org.penstock.driver.modbus.link;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.penstock.api.driver.LinkState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a link knows of one unit id: requests that wait, whether it answers, how fast. Used by the
 * line's thread; only {@link #state} may be called by others.
 */
final class Unit {

  private static final Logger LOG = LoggerFactory.getLogger(Unit.class);

  private static final long FIRST_PAUSE = 250_000_000L;
  private static final int MAX_DOUBLINGS = 20;

  private final String name;
  private final Deque<Exchange> queue = new ArrayDeque<>();
  private final AtomicReference<LinkState> state;
  private int inFlight;
  private final Window window;
  private int failures;
  private Window.Mark before; // the gateway was blamed
  private long answeredAt;
  private long notBefore;
  private long roundTrip;

  /**
   * Nothing known yet.
   *
   * @param outstanding as for a {@link Window}
   */
  Unit(String name, int outstanding) {
    this.name = name;
    this.window = new Window(outstanding);
    this.state = new AtomicReference<>(new LinkState(LinkState.Phase.UNKNOWN, "", Instant.now()));
  }

  LinkState state() {
    return state.get();
  }

  Deque<Exchange> queue() {
    return queue;
  }

  /** Did not answer twice or more, and it is not yet time for another try. */
  boolean skipped(long now) {
    return failures > 1 && inFlight == 0 && now - notBefore < 0;
  }

  /** Since the link exists. */
  boolean neverAnswered() {
    return roundTrip == 0;
  }

  /** Of the tries of an absent unit, this one shall have its whole time. */
  boolean fullTry() {
    return failures % 4 == 1;
  }

  boolean absent() {
    return failures > 0;
  }

  boolean maySend(long now) {
    return !queue.isEmpty() && inFlight < (absent() ? 1 : window.size()) && now - notBefore >= 0;
  }

  /** How many requests it bears. */
  Window window() {
    return window;
  }

  int inFlight() {
    return inFlight;
  }

  /**
   * It did not answer one of several requests. When it has answered others since, they were too many for
   * it. When this was its only one and other units have answered since, the gateway before them bears no
   * more; unless it turns out that the unit is not there.
   *
   * @param otherAnswered when a unit of the link answered last
   * @param gateway the link's window
   */
  void leftOut(Exchange.Progress progress, long otherAnswered, Window gateway) {
    if (progress.ofUnit > 1) {
      if (answeredAt - progress.firstSent > 0) {
        window.tooMany(progress.ofUnit);
      }
    } else if (!absent() && !neverAnswered() && otherAnswered - progress.firstSent > 0) {
      before = before == null ? gateway.mark() : before;
      gateway.tooMany(progress.outstanding);
    }
  }

  /** It is not there: the gateway is innocent. */
  void acquit(Window gateway) {
    if (failures > 1 && before != null) {
      gateway.restore(before);
      before = null;
    }
  }

  /** When the next one may be sent, where only time is in the way. */
  long notBefore() {
    return notBefore;
  }

  void sent() {
    inFlight++;
  }

  /** A request ended without saying anything about the unit. */
  void ended() {
    inFlight--;
  }

  void answered(long now, long took, long pause) {
    inFlight--;
    failures = 0;
    answeredAt = now;
    before = null;
    notBefore = now + pause;
    roundTrip = roundTrip == 0 ? took : roundTrip + (took - roundTrip) / 8;
    if (!state.get().online()) {
      boolean wasOffline = state.get().phase() == LinkState.Phase.OFFLINE;
      state.set(new LinkState(LinkState.Phase.ONLINE, "", Instant.now()));
      if (wasOffline) {
        LOG.info("{} answers again", name);
      }
    }
  }

  /** A request got no answer in time: from the second one on, the unit is skipped for a while. */
  void silent(long now, long rest, long longestPause, String reason) {
    inFlight--;
    failures++;
    if (failures > 1) {
      long pause = Math.min(longestPause, FIRST_PAUSE << Math.min(failures - 2, MAX_DOUBLINGS));
      notBefore = now + Math.max(rest, pause);
    } else if (rest > 0) {
      notBefore = now + rest;
    }
    if (state.get().phase() != LinkState.Phase.OFFLINE) {
      state.set(new LinkState(LinkState.Phase.OFFLINE, reason, Instant.now()));
      LOG.warn("{} does not answer: {}", name, reason);
    }
  }

  /** Smoothed nanoseconds from request to answer; 0 when unknown. */
  long roundTrip() {
    return roundTrip;
  }
}

package org.penstock.cloud.remote;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.IntSupplier;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.penstock.api.configuration.TimedApply;
import org.penstock.api.strand.Strand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies remote changes so that none can cut the way it came on: it is kept once as many cloud
 * connections are up as before, and undone by itself otherwise. Called by one strand.
 */
final class ManagementLink {

  private static final Logger LOG = LoggerFactory.getLogger(ManagementLink.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int SETTLE = 3;
  private static final int MOST_WAITING = 256;

  private final TimedApply timed;
  private final IntSupplier connected;
  private final Duration limit;
  private final Strand strand;
  private final Queue<List<ComponentConfiguration>> waiting = new ArrayDeque<>();
  private boolean busy;

  /**
   * A guard.
   *
   * @param connected how many cloud connections are up
   */
  ManagementLink(TimedApply timed, IntSupplier connected, Duration limit, Strand strand) {
    this.timed = timed;
    this.connected = connected;
    this.limit = limit;
    this.strand = strand;
  }

  /** Applies the changes, after those before them are kept or undone. */
  void apply(List<ComponentConfiguration> changes) {
    if (waiting.size() >= MOST_WAITING) {
      LOG.error("a remote change is not applied: {} others wait already", MOST_WAITING);
      return;
    }
    waiting.add(changes);
    if (!busy) {
      next();
    }
  }

  private void next() {
    busy = !waiting.isEmpty();
    if (!busy) {
      return;
    }
    if (timed.pending().isPresent()) { // somebody else's, of the console for example
      strand.after(LOOK, this::next);
      return;
    }
    int before = connected.getAsInt();
    try {
      TimedApply.Pending pending = timed.apply(waiting.remove(), limit);
      long end = System.nanoTime() + limit.toNanos();
      strand.after(LOOK.multipliedBy(SETTLE), () -> look(pending, before, end));
    } catch (KuraException e) {
      LOG.error("a remote change was not applied: {}", e.getMessage());
      next();
    }
  }

  private void look(TimedApply.Pending pending, int before, long end) {
    if (connected.getAsInt() >= before) {
      try {
        timed.confirm(pending.token());
      } catch (KuraException e) {
        LOG.error("a remote change to {} was undone: {}", pending.pids(), e.getMessage());
      }
      next();
    } else if (System.nanoTime() < end) {
      strand.after(LOOK, () -> look(pending, before, end));
    } else {
      LOG.error("a remote change to {} cut the connection and is undone", pending.pids());
      next();
    }
  }
}

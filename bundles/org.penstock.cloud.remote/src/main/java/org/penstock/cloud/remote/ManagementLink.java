package org.penstock.cloud.remote;

import java.time.Duration;
import java.util.List;
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

  private final TimedApply timed;
  private final IntSupplier connected;
  private final Duration limit;
  private final Strand strand;

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

  void apply(List<ComponentConfiguration> changes) {
    int before = connected.getAsInt();
    try {
      TimedApply.Pending pending = timed.apply(changes, limit);
      strand.after(LOOK.multipliedBy(SETTLE), () -> look(pending, before));
    } catch (KuraException e) {
      LOG.error("a remote change was not applied: {}", e.getMessage());
    }
  }

  private void look(TimedApply.Pending pending, int before) {
    if (connected.getAsInt() >= before) {
      try {
        timed.confirm(pending.token());
      } catch (KuraException e) {
        LOG.error("a remote change to {} was undone: {}", pending.pids(), e.getMessage());
      }
    } else if (pending.until().isAfter(java.time.Instant.now())) {
      strand.after(LOOK, () -> look(pending, before));
    } else {
      LOG.error("a remote change to {} cut the connection and is undone", pending.pids());
    }
  }
}

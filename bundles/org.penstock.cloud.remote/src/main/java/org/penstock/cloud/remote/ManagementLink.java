package org.penstock.cloud.remote;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.IntSupplier;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.penstock.api.configuration.TimedApply;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies remote changes so that none can cut the way it came on: it is kept once as many cloud
 * connections are up as before, and undone by itself otherwise. A component of its own, so that it
 * lives on when a change is one of the remote management itself. Any thread may call.
 */
@Component(service = ManagementLink.class, immediate = true)
public final class ManagementLink {

  /** Something that changes the configuration. */
  @FunctionalInterface
  interface Step {
    void run() throws KuraException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(ManagementLink.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration SETTLE = Duration.ofSeconds(3);
  private static final int MOST_WAITING = 256;

  private final TimedApply timed;
  private final IntSupplier connected;
  private final Strand strand;
  private final Runnable close;
  private volatile Duration limit = Duration.ofSeconds(60);

  // of the strand alone
  private final Queue<List<ComponentConfiguration>> waiting = new ArrayDeque<>();
  private boolean busy;

  private final Object guard = new Object();
  // guarded by guard: calls of guarded, and when the last one may be judged
  private int running;
  private long quiet = System.nanoTime();

  /** Called by the component runtime. */
  @Activate
  public ManagementLink(
      BundleContext context, @Reference TimedApply timed, @Reference Strands strands) {
    ServiceTracker<CloudConnectionManager, CloudConnectionManager> connections =
        new ServiceTracker<>(context, CloudConnectionManager.class, null);
    connections.open();
    this.timed = timed;
    this.connected = () -> connected(connections);
    this.strand = strands.open("cloud/remote/changes");
    this.close = connections::close;
  }

  /**
   * A guard.
   *
   * @param connected how many cloud connections are up
   */
  ManagementLink(TimedApply timed, IntSupplier connected, Strand strand) {
    this.timed = timed;
    this.connected = connected;
    this.strand = strand;
    this.close = () -> {};
  }

  private static int connected(ServiceTracker<?, CloudConnectionManager> connections) {
    return (int)
        connections.getTracked().values().stream()
            .filter(CloudConnectionManager::isConnected)
            .count();
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    strand.close();
    close.run();
  }

  /** The time in which connections must be up again, from the next change on; 60 s at first. */
  void limit(Duration time) {
    limit = time;
  }

  /** Applies the changes, after those before them are kept or undone. */
  void apply(List<ComponentConfiguration> changes) {
    strand.execute(() -> queue(changes));
  }

  private void queue(List<ComponentConfiguration> changes) {
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
    synchronized (guard) {
      if (timed.pending().isPresent()) { // somebody else's, of the console for example
        strand.after(LOOK, this::next);
        return;
      }
      int before = connected.getAsInt();
      try {
        watch(timed.apply(waiting.remove(), limit), before, this::next);
        return;
      } catch (KuraException e) {
        LOG.error("a remote change was not applied: {}", e.getMessage());
      }
    }
    next();
  }

  /**
   * Does something that may change any component, so that all of it is undone when it cuts the way it
   * came on. What is done while another change waits stands or falls with that one. Any thread may
   * call; it is done in the caller's.
   */
  void guarded(Step change) throws KuraException {
    synchronized (guard) {
      int before = connected.getAsInt();
      Optional<String> other = timed.pending().map(TimedApply.Pending::token);
      TimedApply.Pending held = timed.hold(limit);
      if (!other.equals(Optional.of(held.token()))) {
        watch(held, before, () -> {});
      }
      running++;
    }
    try {
      change.run();
    } finally {
      synchronized (guard) {
        running--;
        quiet = System.nanoTime() + SETTLE.toNanos();
      }
    }
  }

  private void watch(TimedApply.Pending pending, int before, Runnable after) {
    long end = System.nanoTime() + limit.toNanos();
    strand.after(SETTLE, () -> look(pending, before, end, after));
  }

  private void look(TimedApply.Pending pending, int before, long end, Runnable after) {
    synchronized (guard) {
      long left = end - System.nanoTime();
      boolean settled = running == 0 && System.nanoTime() - quiet >= 0;
      if (connected.getAsInt() >= before && (settled || left < limit.toNanos() / 2)) {
        try {
          timed.confirm(pending.token());
        } catch (KuraException e) {
          LOG.error("a remote change to {} was undone: {}", words(pending), e.getMessage());
        }
      } else if (left > 0) {
        strand.after(LOOK, () -> look(pending, before, end, after));
        return;
      } else {
        LOG.error("a remote change to {} cut the connection and is undone", words(pending));
      }
    }
    after.run();
  }

  private static String words(TimedApply.Pending pending) {
    return pending.pids().isEmpty() ? "the configuration" : pending.pids().toString();
  }
}

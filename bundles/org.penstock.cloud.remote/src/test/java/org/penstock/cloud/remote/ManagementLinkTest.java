package org.penstock.cloud.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.junit.jupiter.api.Test;
import org.penstock.api.configuration.TimedApply;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;

/** Remote changes, each of which waits a moment for its confirmation. */
class ManagementLinkTest {

  private final Queue<Runnable> later = new ArrayDeque<>();
  private final List<String> applied = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private Optional<TimedApply.Pending> pending = Optional.empty();

  private final TimedApply timed =
      new TimedApply() {
        @Override
        public Pending apply(List<ComponentConfiguration> changes, Duration limit)
            throws KuraException {
          if (pending.isPresent()) {
            throw new KuraException(KuraErrorCode.CONFIGURATION_ERROR, "another change waits");
          }
          String pid = changes.get(0).getPid();
          applied.add(pid);
          pending = Optional.of(new Pending(pid, Set.of(pid), "", Instant.now().plus(limit)));
          return pending.get();
        }

        @Override
        public Pending hold(Duration limit) {
          String token = pending.map(Pending::token).orElse("held");
          pending = Optional.of(new Pending(token, Set.of(), "", Instant.now().plus(limit)));
          return pending.get();
        }

        @Override
        public Pending hold(Set<String> pids, Duration limit) {
          throw new IllegalStateException("not used here");
        }

        @Override
        public void confirm(String token) {
          kept.add(token);
          pending = Optional.empty();
        }

        @Override
        public void revert(String token) {
          pending = Optional.empty();
        }

        @Override
        public Optional<Pending> pending() {
          return pending;
        }
      };

  private final Strand strand =
      new Strand() {
        @Override
        public void execute(Runnable task) {
          task.run();
        }

        @Override
        public Schedule after(Duration delay, Runnable task) {
          later.add(task);
          return null;
        }

        @Override
        public Schedule every(Duration first, Duration period, Runnable task) {
          throw new UnsupportedOperationException("not used here");
        }

        @Override
        public int waiting() {
          return 0;
        }

        @Override
        public boolean isCurrent() {
          return false;
        }

        @Override
        public void close() {
          later.clear();
        }
      };

  private void change(ManagementLink link, String pid) {
    link.apply(List.of(new ComponentConfigurationImpl(pid, null, null)));
  }

  /** Seen in review: the second PUT within four seconds was answered 200 and lost. */
  @Test
  void aChangeThatComesWhileAnotherWaitsIsAppliedAfterIt() throws KuraException {
    ManagementLink link = new ManagementLink(timed, () -> 1, strand);
    change(link, "a");
    change(link, "b");
    change(link, "c");
    assertEquals(List.of("a"), applied);
    while (!later.isEmpty()) {
      later.remove().run();
    }
    assertEquals(List.of("a", "b", "c"), applied);
    assertEquals(List.of("a", "b", "c"), kept);

    timed.apply(List.of(new ComponentConfigurationImpl("console", null, null)), Duration.ZERO);
    change(link, "d");
    later.remove().run();
    timed.revert("console");
    while (!later.isEmpty()) {
      later.remove().run();
    }
    assertEquals(List.of("a", "b", "c", "d"), kept);
  }

  /** A rollback, or a change through REST: kept when the connection is up as before, else undone. */
  @Test
  void whatIsGuardedIsConfirmedOnceTheConnectionIsBackAndNeverOtherwise() throws Exception {
    AtomicInteger up = new AtomicInteger(1);
    ManagementLink link = new ManagementLink(timed, up::get, strand);
    link.guarded(() -> up.set(0));
    later.remove().run();
    assertEquals(List.of(), kept, "the connection is away");
    up.set(1);
    later.remove().run();
    assertEquals(List.of(), kept, "it may be cut a moment after the change");
    link.guarded(() -> assertEquals(1, up.get()));
    assertEquals(1, later.size(), "the second joins the first");
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (kept.isEmpty() && System.nanoTime() < end) {
      later.remove().run();
      LockSupport.parkNanos(20_000_000);
    }
    assertEquals(List.of("held"), kept);
    assertTrue(later.isEmpty());

    link.limit(Duration.ofMillis(200));
    link.guarded(() -> up.set(0));
    while (!later.isEmpty() && System.nanoTime() < end) {
      later.remove().run();
    }
    assertTrue(later.isEmpty(), "it looks on for ever");
    assertEquals(List.of("held"), kept, "it reverts by itself");
  }

  /** Of the console for example: it is not the link's to confirm. */
  @Test
  void whatIsChangedWhileAnotherChangeWaitsStandsOrFallsWithIt() throws KuraException {
    timed.apply(List.of(new ComponentConfigurationImpl("console", null, null)), Duration.ZERO);
    new ManagementLink(timed, () -> 1, strand).guarded(() -> {});
    assertTrue(later.isEmpty());
    assertEquals(List.of(), kept);
  }
}

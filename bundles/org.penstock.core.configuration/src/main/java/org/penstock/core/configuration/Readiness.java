package org.penstock.core.configuration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.penstock.api.configuration.Problem;

/** Which configured instances have no component, and whether one should still wait for them. */
final class Readiness {

  /** How long after the framework's start a known component may take. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private final Components components;
  private final Clock clock;
  private final AtomicReference<Instant> started = new AtomicReference<>();
  private final AtomicBoolean settled = new AtomicBoolean();

  Readiness(Components components, Clock clock) {
    this.components = components;
    this.clock = clock;
  }

  /** All bundles are started: from now on an unknown factory is not just late. */
  void frameworkStarted() {
    started.compareAndSet(null, clock.instant());
  }

  /** Once nothing is starting any more, nothing ever is again: what is missing then is stuck. */
  Board.Waiting now() {
    Instant since = started.get();
    if (since == null) {
      return new Board.Waiting(List.of("bundles"), List.of());
    }
    List<String> starting = new ArrayList<>();
    List<Problem> stuck = new ArrayList<>();
    List<Problem> late = new ArrayList<>();
    for (Instance instance : components.instances()) {
      String pid = instance.pid();
      if (components.active(pid).isPresent()) {
        continue;
      }
      if (components.definitions().factory(instance.factoryPid()).isEmpty()) {
        stuck.add(
            new Problem(
                pid,
                Keys.FACTORY_PID,
                instance.factoryPid(),
                "no bundle has this factory; its configuration is kept and comes alive when the"
                    + " bundle is installed"));
      } else {
        starting.add(pid);
        late.add(
            new Problem(
                pid,
                "",
                "",
                "its component is not active: something it refers to is missing, or it failed to"
                    + " start (see its own health line and the log)"));
      }
    }
    boolean over = Duration.between(since, clock.instant()).compareTo(GRACE) >= 0;
    if (starting.isEmpty() || over) {
      settled.set(true);
    }
    if (!settled.get()) {
      return new Board.Waiting(starting, stuck);
    }
    stuck.addAll(late);
    return new Board.Waiting(List.of(), stuck);
  }
}

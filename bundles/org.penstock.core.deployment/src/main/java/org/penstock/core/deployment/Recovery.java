package org.penstock.core.deployment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.osgi.framework.Version;
import org.penstock.api.deployment.Origin;
import org.penstock.api.deployment.Outcome;
import org.penstock.api.deployment.Outcome.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** At a start: completes or undoes what was interrupted, and makes the framework hold what it should. */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final Transactions.Means means;
  private final Transactions transactions;
  private final Applied applied;

  Recovery(Transactions.Means means, Transactions transactions) {
    this.means = means;
    this.transactions = transactions;
    this.applied = new Applied(means.bundles(), means.store());
  }

  /** At a start. */
  void run() throws IOException, Refusal {
    means.files().load();
    run("the gateway had stopped in the middle");
  }

  /** While it runs: what an earlier transaction of this run left half done. */
  void settle() throws IOException, Refusal {
    run("it had been left half done");
  }

  private void run(String why) throws IOException, Refusal {
    Optional<Pending> pending = means.files().pending();
    if (pending.isPresent() && pending.get().decided()) {
      forward(pending.get(), why);
    } else if (pending.isPresent()) {
      back(pending.get(), why);
    }
    reconcile();
    transactions.collect();
    means.load().also(transactions.watched());
  }

  /** Takes the newest change out: the gateway ended for want of memory more than once since. */
  void undoNewest(String why) {
    means.files().now().units().values().stream()
        .max(Comparator.comparingLong(Unit::since))
        .ifPresent(
            unit -> {
              LOG.error("{} is taken out as the newest change: {}", unit.name(), why);
              transactions.uninstall(unit.name(), new Origin("", "launcher"));
            });
  }

  private void forward(Pending pending, String why) throws IOException, Refusal {
    StateFile.State now = means.files().now();
    Unit before = now.units().get(pending.name());
    means
        .files()
        .save(pending.unit() == null ? now.without(pending.name()) : now.with(pending.unit()));
    if (pending.unit() == null) {
      applied.apply(pending.changes());
    }
    reconcile();
    applied.start(pending.changes(), true); // what was started for the probation only
    if (!pending.fragments().isEmpty()) {
      Fragments fragments = means.fragments();
      List<ComponentConfiguration> all =
          new ArrayList<>(fragments.parse(pending.name(), pending.fragments()));
      if (before != null) {
        all.addAll(fragments.migrated(pending.name(), pending.fragments(), before.version()));
      }
      fragments.apply(pending.name(), all);
      means.fragments().commit();
    }
    means.files().clearPending();
    journal(pending, Result.DONE, "completed now: " + why);
  }

  private void back(Pending pending, String why) throws IOException, Refusal {
    List<Change> turned = pending.changes().stream().map(Change::turned).toList();
    applied.apply(turned);
    applied.start(turned, true);
    means.files().save(transactions.stamped(means.files().now()));
    means.files().clearPending();
    journal(pending, Result.ROLLED_BACK, why + "; all is as before");
  }

  private void journal(Pending p, Result result, String reason) {
    transactions.end(
        new Outcome(
            "recover",
            p.name(),
            p.version(),
            p.sha256(),
            p.origin(),
            p.begun(),
            System.currentTimeMillis(),
            result,
            reason));
  }

  private void reconcile() throws IOException, Refusal {
    List<String> locations = new ArrayList<>();
    List<Change> wrong = new ArrayList<>();
    StateFile.State next = means.files().now();
    for (Unit unit : means.files().now().units().values()) {
      List<Holding> holdings = new ArrayList<>();
      for (Holding held : unit.holdings()) {
        Holding h = located(held);
        if (h == null) {
          continue; // the distribution has a newer one now
        }
        holdings.add(h);
        locations.add(h.location());
        if (means.bundles().modified(h.location()) != h.modified()) {
          wrong.add(
              new Change(h.symbolicName(), h.location(), Change.ABSENT, h.sha256(), h.version()));
        }
      }
      next = holdings.isEmpty() ? next.without(unit.name()) : next.with(unit.with(holdings));
    }
    for (String location : means.bundles().deployed()) {
      if (!locations.contains(location)) {
        wrong.add(new Change(location, location, "", Change.ABSENT, ""));
      }
    }
    if (!wrong.isEmpty()) {
      applied.apply(wrong);
      wrong.forEach(this::start);
    }
    StateFile.State stamped = transactions.stamped(next);
    if (!stamped.equals(means.files().now())) {
      means.files().save(stamped);
    }
  }

  /** One that does not start keeps neither the others nor later changes from theirs. */
  private void start(Change change) {
    try {
      applied.start(List.of(change), true);
    } catch (Refusal refused) {
      LOG.error(
          "{} does not start, the others do: {}", change.symbolicName(), refused.getMessage());
    }
  }

  /** Where the bundle belongs: the distribution's own may have moved with an update of the runtime. */
  private Holding located(Holding held) {
    boolean own = held.location().startsWith(FrameworkBundles.SCHEME);
    if (own || means.bundles().modified(held.location()) >= 0) {
      return held;
    }
    Optional<String> moved = means.bundles().location(held.symbolicName());
    Optional<String> version = means.bundles().version(held.symbolicName());
    if (moved.isPresent()
        && Version.parseVersion(version.get()).compareTo(Version.parseVersion(held.version()))
            >= 0) {
      return null;
    }
    String location = moved.orElse(FrameworkBundles.SCHEME + held.symbolicName());
    return new Holding(held.symbolicName(), held.version(), held.sha256(), location, -2);
  }
}

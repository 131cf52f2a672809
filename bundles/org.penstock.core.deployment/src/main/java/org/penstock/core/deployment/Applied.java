package org.penstock.core.deployment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Brings the framework to one side of a list of changes. */
final class Applied {

  private final FrameworkBundles bundles;
  private final Store store;

  Applied(FrameworkBundles bundles, Store store) {
    this.bundles = bundles;
    this.store = store;
  }

  /** Puts every bundle to its content after, all stopped, then rewires once. */
  void apply(List<Change> changes) throws Refusal {
    List<String> locations = new ArrayList<>();
    for (Change change : changes) {
      locations.add(change.location());
      switch (change.after()) {
        case Change.ABSENT -> bundles.remove(change.location());
        case Change.SHIPPED -> bundles.ship(change.location());
        default -> bundles.put(change.location(), content(change.after()));
      }
    }
    bundles.refresh(locations);
  }

  private Path content(String sha256) throws Refusal {
    try {
      return store.get(sha256);
    } catch (IOException e) {
      throw new Refusal("the store lacks " + sha256 + ": " + e.getMessage(), e);
    }
  }

  /** Stops what was put there, with the threads that it made. */
  void end(List<Change> changes) throws Refusal {
    for (Change change : changes) {
      if (!isAbsent(change)) {
        bundles.end(change.location());
      }
    }
  }

  void start(List<Change> changes, boolean forGood) throws Refusal {
    for (Change change : changes) {
      if (!change.after().equals(Change.ABSENT)) {
        bundles.start(change.location(), forGood);
      }
    }
  }

  /** The unit with where its bundles are now, and since when. */
  Unit held(Pending pending) {
    if (pending.unit() == null) {
      return null;
    }
    List<Holding> holdings = new ArrayList<>();
    for (Holding h : pending.unit().holdings()) {
      String location =
          pending.changes().stream()
              .filter(c -> c.symbolicName().equals(h.symbolicName()))
              .map(Change::location)
              .findFirst()
              .or(() -> bundles.location(h.symbolicName()))
              .orElse(h.location());
      holdings.add(
          new Holding(
              h.symbolicName(), h.version(), h.sha256(), location, bundles.modified(location)));
    }
    return pending.unit().with(holdings);
  }

  Set<String> names(List<Change> changes) {
    Set<String> names = new TreeSet<>();
    changes.forEach(c -> names.add(c.symbolicName()));
    return names;
  }

  Set<String> arrived(List<Change> changes) {
    Set<String> names = new TreeSet<>();
    changes.stream().filter(c -> !isAbsent(c)).forEach(c -> names.add(c.symbolicName()));
    return names;
  }

  Set<String> left(List<Change> changes) {
    Set<String> names = new TreeSet<>();
    changes.stream().filter(Applied::isAbsent).forEach(c -> names.add(c.symbolicName()));
    return names;
  }

  private static boolean isAbsent(Change change) {
    return change.after().equals(Change.ABSENT);
  }
}

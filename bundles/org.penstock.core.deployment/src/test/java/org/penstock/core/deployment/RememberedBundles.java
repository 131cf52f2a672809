package org.penstock.core.deployment;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A framework that holds bundles by location and remembers them over a crash. */
final class RememberedBundles extends FrameworkBundles {

  /**
   * What it holds of one bundle.
   *
   * @param sha256 of the content; "shipped" for the distribution's
   * @param modified counts changes
   * @param forGood starts with the framework
   */
  record Kept(String sha256, long modified, boolean running, boolean forGood) {}

  private final Map<String, Kept> kept = new HashMap<>();
  private final Consumer<Map<String, Kept>> changed;
  private long changes;
  String lame = "";
  boolean lameForGoodOnly;

  RememberedBundles(Map<String, Kept> before, Consumer<Map<String, Kept>> changed) {
    super(null, Duration.ofSeconds(1));
    before.forEach(
        (location, k) -> {
          // what is not marked is not started by the framework itself
          kept.put(location, new Kept(k.sha256(), k.modified(), k.forGood(), k.forGood()));
          changes = Math.max(changes, k.modified());
        });
    this.changed = changed;
  }

  Map<String, Kept> kept() {
    return Map.copyOf(kept);
  }

  private void set(String location, Kept now) {
    if (now == null) {
      kept.remove(location);
    } else {
      kept.put(location, now);
    }
    changed.accept(kept());
  }

  @Override
  Optional<String> location(String symbolicName) {
    return kept.keySet().stream().filter(l -> l.endsWith(":" + symbolicName)).findFirst();
  }

  @Override
  Optional<String> version(String symbolicName) {
    return location(symbolicName).map(l -> "0.0.0");
  }

  @Override
  List<String> deployed() {
    return kept.keySet().stream().filter(l -> l.startsWith(SCHEME)).toList();
  }

  @Override
  long modified(String location) {
    return kept.containsKey(location) ? kept.get(location).modified() : -1;
  }

  @Override
  void put(String location, Path content) throws Refusal {
    try {
      set(location, new Kept(Hashes.sha256(content), ++changes, false, false));
    } catch (IOException e) {
      throw new Refusal("the framework can't read " + content, e);
    }
  }

  @Override
  void ship(String location) {
    set(location, new Kept(Change.SHIPPED, ++changes, false, false));
  }

  @Override
  void remove(String location) {
    set(location, null);
  }

  @Override
  void end(String location) {
    stop(location);
  }

  @Override
  void stop(String location) {
    Kept k = kept.get(location);
    set(location, new Kept(k.sha256(), k.modified(), false, false));
  }

  @Override
  void start(String location, boolean forGood) throws Refusal {
    if (!lame.isEmpty() && (forGood || !lameForGoodOnly) && location.endsWith(":" + lame)) {
      throw new Refusal(lame + " did not start within 10 s");
    }
    Kept k = kept.get(location);
    if (k != null) {
      set(location, new Kept(k.sha256(), k.modified(), true, forGood || k.forGood()));
    }
  }

  @Override
  void resume(Collection<String> symbolicNames) {
    // nobody stops one here but transactions
  }

  @Override
  void refresh(Collection<String> locations) {
    // nothing is wired here
  }
}

package org.penstock.core.deployment;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * What transactions do to the framework. Each operation runs in a thread of its own and is waited
 * for only so long: a bundle that hangs must not hang the deployment. Tests put another one in its
 * place.
 */
class FrameworkBundles {

  static final String SCHEME = "deploy:";

  private static final int START_LEVEL = 60;
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STEP = Duration.ofMillis(20);

  private final BundleContext framework;
  private final Duration limit;
  private final Culprits culprits;

  FrameworkBundles(BundleContext framework, Duration limit) {
    this.framework = framework;
    this.limit = limit;
    this.culprits = framework == null ? null : new Culprits(framework);
  }

  /**
   * Waits until the framework's start has come to the level of what is deployed: before that such a
   * bundle refuses to start, and would be taken for a faulty one.
   */
  void awaitStartLevel() {
    FrameworkStartLevel level =
        framework.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkStartLevel.class);
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (level.getStartLevel() < START_LEVEL && System.nanoTime() < end) {
      LockSupport.parkNanos(STEP.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  /** The location of the bundle of this name. */
  Optional<String> location(String symbolicName) {
    for (Bundle bundle : framework.getBundles()) {
      if (symbolicName.equals(bundle.getSymbolicName())) {
        return Optional.of(bundle.getLocation());
      }
    }
    return Optional.empty();
  }

  Optional<String> version(String symbolicName) {
    return location(symbolicName)
        .map(framework::getBundle)
        .map(bundle -> bundle.getVersion().toString());
  }

  /** Locations of all that was installed by deployments, and of what a crash left of checks. */
  List<String> deployed() {
    List<String> found = new ArrayList<>();
    for (Bundle bundle : framework.getBundles()) {
      if (bundle.getLocation().startsWith(SCHEME)
          || bundle.getLocation().startsWith(ResolveCheck.PROBE)) {
        found.add(bundle.getLocation());
      }
    }
    return found;
  }

  Optional<Bundle> bundle(String location) {
    return Optional.ofNullable(framework.getBundle(location));
  }

  /** The framework's time stamp of the content, or -1. */
  long modified(String location) {
    Bundle bundle = framework.getBundle(location);
    return bundle == null ? -1 : bundle.getLastModified();
  }

  /** Installs or updates, stopped: it is started only when asked for. */
  void put(String location, Path content) throws Refusal {
    Bundle present = framework.getBundle(location);
    inTime(
        "put " + location,
        present,
        () -> {
          try (InputStream in = Files.newInputStream(content)) {
            if (present == null) {
              Bundle bundle = framework.installBundle(location, in);
              bundle.adapt(BundleStartLevel.class).setStartLevel(START_LEVEL);
            } else {
              present.stop();
              present.update(in);
            }
          }
          return null;
        });
  }

  /** Brings the distribution's own content back, stopped. */
  void ship(String location) throws Refusal {
    Bundle present = framework.getBundle(location);
    if (present != null) {
      inTime(
          "restore " + location,
          present,
          () -> {
            present.stop();
            present.update();
            return null;
          });
    }
  }

  void remove(String location) throws Refusal {
    Bundle present = framework.getBundle(location);
    if (present != null) {
      inTime(
          "uninstall " + location,
          present,
          () -> {
            present.uninstall();
            return null;
          });
    }
  }

  void stop(String location) throws Refusal {
    Bundle bundle = framework.getBundle(location);
    if (bundle != null) {
      inTime(
          "stop",
          bundle,
          () -> {
            bundle.stop();
            return null;
          });
    }
  }

  /** Stops it, and ends the threads that it left; a bundle that is rolled back leaves none. */
  void end(String location) throws Refusal {
    Bundle bundle = framework.getBundle(location);
    if (bundle != null) {
      Map<Thread, String> inside = culprits.inside(bundle);
      stop(location);
      List<String> alive = culprits.end(bundle, inside);
      if (!alive.isEmpty()) {
        throw new Stuck(bundle.getSymbolicName() + " left threads that can't be ended: " + alive);
      }
    }
  }

  /** Starts it until the next restart of the framework, or for good. */
  void start(String location, boolean forGood) throws Refusal {
    Bundle bundle = framework.getBundle(location);
    if (bundle == null || bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null) {
      return;
    }
    inTime(
        "start",
        bundle,
        () -> {
          bundle.start((forGood ? 0 : Bundle.START_TRANSIENT) | Bundle.START_ACTIVATION_POLICY);
          return null;
        });
  }

  /** Starts those of these names that somebody stopped. */
  void resume(Collection<String> symbolicNames) throws Refusal {
    for (Bundle bundle : framework.getBundles()) {
      boolean stopped = (bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0;
      if (stopped && symbolicNames.contains(bundle.getSymbolicName())) {
        start(bundle.getLocation(), true);
      }
    }
  }

  /** Rewires these and those wired to them, and nothing else; waits until that is done. */
  void refresh(Collection<String> locations) {
    List<Bundle> bundles = new ArrayList<>();
    for (Bundle bundle : framework.getBundles()) {
      if (locations.contains(bundle.getLocation())) {
        bundles.add(bundle);
      }
    }
    FrameworkWiring wiring = framework.getBundle(0).adapt(FrameworkWiring.class);
    bundles.addAll(wiring.getRemovalPendingBundles());
    Rewired rewired = new Rewired();
    wiring.refreshBundles(bundles, rewired);
    rewired.await();
  }

  private <T> void inTime(String what, Bundle bundle, Callable<T> operation) throws Refusal {
    FutureTask<T> task = new FutureTask<>(operation);
    Thread thread = new Thread(task, "core/deployment/operation");
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      List<String> alive = bundle == null ? List.of() : culprits.end(bundle);
      thread.interrupt();
      if (!alive.isEmpty()) {
        throw new Stuck(what + " of " + name(bundle) + " hangs and can't be ended: " + alive, e);
      }
      throw new Refusal(
          what + " of " + name(bundle) + " hangs: ended after " + limit.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new Refusal(what + " of " + name(bundle) + " fails: " + reason(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopping(e);
    }
  }

  private static String name(Bundle bundle) {
    return bundle == null ? "a new bundle" : bundle.getSymbolicName();
  }

  private static String reason(Throwable e) {
    Throwable cause = e instanceof BundleException ? e.getCause() : null;
    return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + cause;
  }
}

package org.penstock.core.deployment;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Finds the threads that run a bundle's classes, and ends them: by interruption, and where that is
 * not heeded by {@link Thread#stop()}, as long as the Java runtime has it.
 */
final class Culprits {

  private static final int DEPTH = 64;
  private static final long HEED_MS = 500;
  private static final int STOPS = 6;

  private final BundleContext framework;

  Culprits(BundleContext framework) {
    this.framework = framework;
  }

  /**
   * The deployed bundle that a thread is in: the one nearest to the top of its stack. Of two that
   * hold a class of the same name it is the one that was changed last.
   */
  Optional<Bundle> owner(StackTraceElement[] stack, Collection<Bundle> among) {
    for (StackTraceElement frame : stack) {
      Optional<Bundle> found =
          among.stream()
              .filter(b -> holds(b, frame.getClassName()))
              .max(Comparator.comparingLong(Bundle::getLastModified));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Threads that are in the bundle now, each with the class of it that it is in. */
  Map<Thread, String> inside(Bundle bundle) {
    List<Bundle> all = new ArrayList<>();
    for (Bundle other : framework.getBundles()) {
      boolean deployed = other.getLocation().startsWith(FrameworkBundles.SCHEME);
      if (deployed || other.equals(bundle)) {
        all.add(other);
      }
    }
    Map<Thread, String> found = new HashMap<>();
    for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
      boolean mine = owner(entry.getValue(), all).filter(bundle::equals).isPresent();
      if (mine && entry.getKey() != Thread.currentThread()) {
        Arrays.stream(entry.getValue())
            .map(StackTraceElement::getClassName)
            .filter(name -> holds(bundle, name))
            .findFirst()
            .ifPresent(name -> found.put(entry.getKey(), name));
      }
    }
    return found;
  }

  /**
   * Those that are in it still, and those that came; who uninstalls the bundle meanwhile takes the
   * word of what was its own away, so it is remembered.
   */
  private List<Thread> threads(Bundle bundle, Map<Thread, String> known) {
    known.putAll(inside(bundle));
    known
        .entrySet()
        .removeIf(
            entry ->
                Arrays.stream(entry.getKey().getStackTrace())
                    .noneMatch(frame -> frame.getClassName().equals(entry.getValue())));
    return List.copyOf(known.keySet());
  }

  /** Ends what runs in the bundle; gives the names of the threads that go on nevertheless. */
  List<String> end(Bundle bundle) {
    return end(bundle, Map.of());
  }

  /**
   * Ends what runs in the bundle.
   *
   * @param before what was inside before it was stopped
   * @return names of the threads that go on nevertheless
   */
  List<String> end(Bundle bundle, Map<Thread, String> before) {
    Map<Thread, String> known = new HashMap<>(before);
    List<Thread> threads = threads(bundle, known);
    threads.forEach(Thread::interrupt);
    await(bundle, known);
    threads = threads(bundle, known);
    for (int tries = 0; !threads.isEmpty() && tries < STOPS; tries++) {
      threads.forEach(Culprits::stop); // one may end in somebody's catch: a log appender's
      await(bundle, known);
      threads = threads(bundle, known);
    }
    return threads.stream().map(Thread::getName).toList();
  }

  private void await(Bundle bundle, Map<Thread, String> known) {
    long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(HEED_MS);
    while (!threads(bundle, known).isEmpty() && System.nanoTime() < limit) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /** By name: the method is gone from later Java versions, where a restart takes its place. */
  private static void stop(Thread thread) {
    try {
      Thread.class.getMethod("stop").invoke(thread);
    } catch (ReflectiveOperationException e) {
      String why = e instanceof InvocationTargetException t ? "" + t.getCause() : e.toString();
      org.slf4j.LoggerFactory.getLogger(Culprits.class)
          .warn("thread {} can't be stopped: {}", thread.getName(), why);
    }
  }

  private static boolean holds(Bundle bundle, String className) {
    if (className.startsWith("java.") || className.startsWith("jdk.")) {
      return false;
    }
    try {
      return bundle.getEntry(className.replace('.', '/') + ".class") != null;
    } catch (IllegalStateException e) {
      return false; // uninstalled meanwhile
    }
  }

  static ThreadInfo info(long id) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.getThreadInfo(id, DEPTH);
  }
}

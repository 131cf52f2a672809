package org.penstock.core.deployment;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Bundle;

/**
 * Finds the threads that run a bundle's classes, and ends them: by interruption, and where that is
 * not heeded by {@link Thread#stop()}, as long as the Java runtime has it.
 */
final class Culprits {

  private static final int DEPTH = 64;
  private static final long HEED_MS = 500;

  private Culprits() {}

  /** The bundle of these that a thread is in: the one nearest to the top of its stack. */
  static Bundle among(List<Bundle> bundles, ThreadInfo thread) {
    Map<String, Bundle> known = new HashMap<>();
    for (StackTraceElement frame : thread.getStackTrace()) {
      Bundle found =
          known.computeIfAbsent(
              frame.getClassName(),
              name -> bundles.stream().filter(b -> holds(b, name)).findFirst().orElse(null));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Threads whose stack holds a class of the bundle, but for the one that calls. */
  static List<Thread> threads(Bundle bundle) {
    List<Thread> found = new ArrayList<>();
    for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
      boolean in = false;
      for (StackTraceElement frame : entry.getValue()) {
        in |= holds(bundle, frame.getClassName());
      }
      if (in && entry.getKey() != Thread.currentThread()) {
        found.add(entry.getKey());
      }
    }
    return found;
  }

  /**
   * Ends what runs in the bundle.
   *
   * @return names of the threads that go on nevertheless
   */
  static List<String> end(Bundle bundle) {
    List<Thread> threads = threads(bundle);
    threads.forEach(Thread::interrupt);
    long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(HEED_MS);
    while (!threads(bundle).isEmpty() && System.nanoTime() < limit) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    for (Thread thread : threads(bundle)) {
      stop(thread);
    }
    limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(HEED_MS);
    while (!threads(bundle).isEmpty() && System.nanoTime() < limit) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    return threads(bundle).stream().map(Thread::getName).toList();
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

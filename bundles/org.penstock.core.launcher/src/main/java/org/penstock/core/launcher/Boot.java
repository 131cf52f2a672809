package org.penstock.core.launcher;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Chooses the set of system bundles: the one in use, a new one that was laid beside it, or the last
 * good one when the one in use does not become ready. Says how the last run ended.
 */
final class Boot {

  /** Starts in a row without becoming ready, after which a set is given up. */
  static final int TRIES = 3;

  /** Runs in a row that ended for want of memory, after which the newest change is undone. */
  static final int MEMORY_RUNS = 2;

  private static final String HEALTH = "org.penstock.api.health.Health";
  private static final Duration PROOF = Duration.ofSeconds(60);
  private static final long LOOK_MS = 500;

  private final Path home;
  private final Path install;
  private final Path file;
  private final Consumer<String> say;
  private final Map<String, String> properties = new HashMap<>();

  /**
   * Prepares.
   *
   * @param say tells whoever looks at the terminal or the service's log
   */
  Boot(Path home, Path install, Consumer<String> say) {
    this.home = home;
    this.install = install;
    this.file = home.resolve("packages/boot.properties");
    this.say = say;
  }

  /** Framework properties that tell the bundles how the last run ended. */
  Map<String, String> properties() {
    return Map.copyOf(properties);
  }

  /** Decides; gives the folder of the set. */
  Path begin() throws IOException {
    BootRecord last = BootRecord.load(file);
    int memory = lastEnd(last);
    String set = last.set();
    int failed = last.ready() ? 0 : last.failed() + 1;
    Path sets = home.resolve("packages/system");
    Path next = sets.resolve("next");
    String name = Files.exists(next) ? Files.readString(next, StandardCharsets.UTF_8).trim() : "";
    boolean known = isSet(sets, name);
    if (Files.exists(next) && !known) {
      say.accept("there is no set of system bundles " + sets.resolve(name) + "; it is left out");
    }
    // one whose first start ended before its mark was gone has begun already
    if (known && (last.ready() || !name.equals(set))) {
      say.accept("starts the new set of system bundles " + name);
      set = name;
      failed = 0;
    } else if (!set.equals(last.good()) && failed >= TRIES) {
      say.accept(
          "the set of system bundles "
              + name(set)
              + " did not become ready in "
              + failed
              + " starts; falls back to the last good one, "
              + name(last.good()));
      properties.put("penstock.fallback", name(set));
      set = last.good();
      failed = 0;
    }
    if (!set.isEmpty() && !isSet(sets, set)) {
      say.accept("the set of system bundles " + set + " is gone; starts the program folder's own");
      set = "";
    }
    last.begun(set, failed, memory).save(file);
    Files.deleteIfExists(next); // only now: a power cut before must not lose the new set
    return set.isEmpty() ? install.resolve("system") : sets.resolve(set);
  }

  private int lastEnd(BootRecord last) throws IOException {
    Path marker = home.resolve("tmp/out-of-memory");
    Path restart = home.resolve("tmp/restart");
    int memory = last.memory();
    if (Files.deleteIfExists(marker)) {
      memory++;
      String what = "the last run ended with an OutOfMemoryError; restarted into the last good set";
      say.accept(what);
      properties.put("penstock.last.end", what);
      if (memory >= MEMORY_RUNS) {
        properties.put("penstock.undo.last", "true");
      }
    }
    if (Files.exists(restart)) {
      String why = Files.readString(restart, StandardCharsets.UTF_8).trim();
      Files.delete(restart);
      say.accept("restarted: " + why);
      properties.put("penstock.last.end", "the gateway restarted itself: " + why);
    }
    return memory;
  }

  private static String name(String set) {
    return set.isEmpty() ? "of the program folder" : set;
  }

  private static boolean isSet(Path sets, String name) {
    Path folder = sets.resolve(name).normalize();
    return !name.isEmpty() && sets.equals(folder.getParent()) && Files.isDirectory(folder);
  }

  /** The framework was asked by one of its bundles to end and to be started anew. */
  boolean wantsRestart() {
    return Files.exists(home.resolve("tmp/restart"));
  }

  /** Notes when the gateway is ready, and when it has stayed so. */
  void watch(BundleContext framework) {
    Thread thread = new Thread(() -> await(framework), "core/launcher/boot");
    thread.setDaemon(true);
    thread.start();
  }

  private void await(BundleContext framework) {
    try {
      while (!isReady(framework)) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MS);
      }
      BootRecord.load(file).reached().save(file);
      TimeUnit.MILLISECONDS.sleep(PROOF.toMillis());
      if (isReady(framework)) {
        BootRecord.load(file).proven().save(file);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      say.accept("how this start went can't be noted in " + file + ": " + e.getMessage());
    }
  }

  /** By reflection: the API is in a bundle, which this jar does not see. */
  private static boolean isReady(BundleContext framework) {
    try {
      ServiceReference<?> reference = framework.getServiceReference(HEALTH);
      Object health = reference == null ? null : framework.getService(reference);
      return health != null
          && Boolean.TRUE.equals(health.getClass().getMethod("ready").invoke(health));
    } catch (IllegalStateException | NoSuchMethodException | IllegalAccessException e) {
      return false;
    } catch (InvocationTargetException e) {
      return false;
    }
  }
}

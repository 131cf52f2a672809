package org.penstock.core.deployment;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Processor time and allocation of the threads of deployed bundles, looked at each second: threads
 * above a tenth of a limit are charged to the deployed bundle that is nearest to the top of their
 * stack. What stays above a limit is stopped by whoever asked for this watch.
 */
final class LoadWatch {

  /**
   * What is too much.
   *
   * @param cpuPercent of one core
   * @param bytesPerSecond allocated
   * @param seconds for so long
   */
  record Limits(int cpuPercent, long bytesPerSecond, int seconds) {}

  private record Spent(long cpuNanos, long bytes) {}

  private static final double NANOS = 1e9;

  /** One thread uses one core; the rest is what a look may be late. */
  private static final double MOST_OF_ONE = 150;

  private final BundleContext framework;
  private final Limits limits;
  private final BiConsumer<Bundle, String> stop;
  private final Culprits culprits;
  private final LoadHistory history;
  private final Set<String> onProbation = ConcurrentHashMap.newKeySet();
  private final com.sun.management.ThreadMXBean threads;
  private final Map<Long, Spent> last = new HashMap<>();
  private final Map<String, Double> above = new ConcurrentHashMap<>();
  private final Map<String, String> offenders = new ConcurrentHashMap<>();
  private final Set<String> alsoWatched = ConcurrentHashMap.newKeySet();
  private long lastLook = System.nanoTime();

  LoadWatch(BundleContext framework, Limits limits, BiConsumer<Bundle, String> stop) {
    this.framework = framework;
    this.limits = limits;
    this.stop = stop;
    this.culprits = new Culprits(framework);
    this.history = new LoadHistory(limits);
    threads =
        ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean t ? t : null;
  }

  /** Called each second by one strand. */
  void look() {
    List<Bundle> deployed = deployed();
    long now = System.nanoTime();
    double seconds = (now - lastLook) / NANOS;
    lastLook = now;
    if (deployed.isEmpty() || threads == null || !threads.isThreadCpuTimeEnabled()) {
      last.clear();
      above.clear();
      return;
    }
    Map<Bundle, double[]> load = new HashMap<>();
    Map<Long, Spent> next = new HashMap<>();
    for (long id : threads.getAllThreadIds()) {
      Spent spent = new Spent(threads.getThreadCpuTime(id), threads.getThreadAllocatedBytes(id));
      Spent before = last.getOrDefault(id, new Spent(0, 0));
      next.put(id, spent);
      double cpu = believed(100 * (spent.cpuNanos() - before.cpuNanos()) / NANOS / seconds);
      double bytes = (spent.bytes() - before.bytes()) / seconds;
      if (cpu * 10 > limits.cpuPercent() || bytes * 10 > limits.bytesPerSecond()) {
        charge(deployed, id, cpu, bytes, load);
      }
    }
    last.clear();
    last.putAll(next);
    remember(deployed, load, now);
    judge(deployed, load, seconds);
  }

  /** Percent of a core by one thread; a clock that says what no thread can do has jumped. */
  static double believed(double percent) {
    return percent > MOST_OF_ONE ? 0 : percent;
  }

  private void remember(List<Bundle> deployed, Map<Bundle, double[]> load, long now) {
    for (Bundle bundle : deployed) {
      double[] sum = load.getOrDefault(bundle, new double[2]);
      history.add(bundle.getSymbolicName(), now, sum[0], sum[1]);
    }
    history.keepOnly(deployed.stream().map(Bundle::getSymbolicName).toList());
  }

  LoadHistory history() {
    return history;
  }

  private void charge(
      List<Bundle> deployed, long id, double cpu, double bytes, Map<Bundle, double[]> load) {
    ThreadInfo info = Culprits.info(id);
    if (info != null) {
      culprits
          .owner(info.getStackTrace(), deployed)
          .ifPresent(
              bundle -> {
                double[] sum = load.computeIfAbsent(bundle, b -> new double[2]);
                sum[0] += cpu;
                sum[1] += bytes;
              });
    }
  }

  private void judge(List<Bundle> deployed, Map<Bundle, double[]> load, double seconds) {
    for (Bundle bundle : deployed) {
      double[] sum = load.getOrDefault(bundle, new double[2]);
      String name = bundle.getSymbolicName();
      boolean cpu = sum[0] > limits.cpuPercent();
      boolean bytes = sum[1] > limits.bytesPerSecond();
      double time = cpu || bytes ? above.merge(name, seconds, Double::sum) : 0;
      if (time == 0) {
        above.remove(name);
      } else if (time >= limits.seconds()) {
        String reason =
            cpu
                ? String.format("%s uses %.0f %% of a core", name, sum[0])
                : String.format("%s allocates %.0f MiB/s", name, sum[1] / (1 << 20));
        above.remove(name);
        offenders.put(name, reason + " for " + limits.seconds() + " s");
        if (!onProbation.contains(name)) {
          stop.accept(bundle, offenders.get(name));
        }
      }
    }
  }

  private List<Bundle> deployed() {
    List<Bundle> found = new ArrayList<>();
    for (Bundle bundle : framework.getBundles()) {
      boolean mine = bundle.getLocation().startsWith(FrameworkBundles.SCHEME);
      if (mine || alsoWatched.contains(bundle.getSymbolicName())) {
        found.add(bundle);
      }
    }
    return found;
  }

  /** Watches these too, though they lie where the distribution put them. */
  void also(Collection<String> symbolicNames) {
    alsoWatched.retainAll(symbolicNames);
    alsoWatched.addAll(symbolicNames);
  }

  /** These are looked after by a transaction from now on; none are with an empty collection. */
  void probation(Collection<String> symbolicNames) {
    onProbation.clear();
    onProbation.addAll(symbolicNames);
  }

  /** A bundle begins anew. */
  void forget(Collection<String> symbolicNames) {
    offenders.keySet().removeAll(symbolicNames);
    above.keySet().removeAll(symbolicNames);
  }

  /** Why one of these was stopped, or null. */
  String offender(Collection<String> symbolicNames) {
    return symbolicNames.stream()
        .map(offenders::get)
        .filter(reason -> reason != null)
        .findFirst()
        .orElse(null);
  }

  /** All that were stopped and not changed since. */
  Map<String, String> offenders() {
    return Map.copyOf(offenders);
  }
}

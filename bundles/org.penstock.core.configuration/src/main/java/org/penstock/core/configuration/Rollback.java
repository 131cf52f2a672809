package org.penstock.core.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraPartialSuccessException;
import org.eclipse.kura.configuration.ComponentConfiguration;

/** Going back to snapshots, whole or in part. Any thread may call. */
final class Rollback {

  private final Snapshots snapshots;
  private final Components components;
  private final Changes changes;

  Rollback(Snapshots snapshots, Components components, Changes changes) {
    this.snapshots = snapshots;
    this.components = components;
    this.changes = changes;
  }

  /** Goes back to the second newest. */
  long rollback() throws KuraException {
    SortedSet<Long> ids = snapshots.ids();
    if (ids.size() < 2) {
      throw new KuraException(
          KuraErrorCode.CONFIGURATION_SNAPSHOT_NOT_FOUND, "before the newest one");
    }
    long id = ids.headSet(ids.last()).last();
    rollback(id);
    return id;
  }

  /** Goes back to one snapshot and, when all of it could be applied, writes it anew. */
  void rollback(long id) throws KuraException {
    Map<String, Map<String, Object>> wanted = wanted(snapshots.read(id));
    List<Throwable> failures = new ArrayList<>();
    deleteOthers(wanted, failures);
    wanted.forEach((pid, properties) -> apply(pid, properties, failures));
    for (String pid : components.activePids()) {
      if (!wanted.containsKey(pid) && components.instance(pid).isEmpty()) {
        attempt(failures, () -> changes.set(pid, Map.of()));
      }
    }
    if (!failures.isEmpty()) {
      throw new KuraPartialSuccessException("Rollback", failures);
    }
    snapshots.keep(wanted, Note.by("", "rollback to " + id));
  }

  private static Map<String, Map<String, Object>> wanted(Document target) {
    Map<String, Map<String, Object>> wanted = new LinkedHashMap<>();
    for (ComponentConfiguration one : target.configurations()) {
      wanted.put(
          one.getPid(), LegacyRules.upgraded(one.getPid(), one.getConfigurationProperties()));
    }
    return wanted;
  }

  /** Takes these components back to a snapshot; does not write a new one. */
  void restore(long id, Set<String> pids) throws KuraException {
    Map<String, Map<String, Object>> then = wanted(snapshots.read(id));
    Set<String> unknown = new TreeSet<>(pids);
    unknown.removeIf(pid -> then.containsKey(pid) || components.isKnown(pid));
    if (!unknown.isEmpty()) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER,
          "neither snapshot " + id + " nor the gateway has " + String.join(", ", unknown));
    }
    List<Throwable> failures = new ArrayList<>();
    for (String pid : pids) {
      Map<String, Object> properties = then.getOrDefault(pid, Map.of());
      boolean other =
          components.instance(pid).isPresent()
              && !components
                  .instance(pid)
                  .get()
                  .factoryPid()
                  .equals(properties.get(Keys.FACTORY_PID));
      if (other) {
        attempt(failures, () -> changes.delete(pid));
      }
      if (then.containsKey(pid) || components.isKnown(pid)) {
        apply(pid, properties, failures);
      }
    }
    if (!failures.isEmpty()) {
      throw new KuraPartialSuccessException("Restore", failures);
    }
  }

  private void deleteOthers(Map<String, Map<String, Object>> wanted, List<Throwable> failures) {
    for (Instance instance : List.copyOf(components.instances())) {
      Map<String, Object> then = wanted.get(instance.pid());
      if (then == null || !instance.factoryPid().equals(then.get(Keys.FACTORY_PID))) {
        attempt(failures, () -> changes.delete(instance.pid()));
      }
    }
  }

  private void apply(String pid, Map<String, Object> properties, List<Throwable> failures) {
    Object factoryPid = properties.get(Keys.FACTORY_PID);
    boolean make = factoryPid instanceof String && components.instance(pid).isEmpty();
    attempt(
        failures,
        () -> {
          if (make) {
            changes.create((String) factoryPid, pid, properties);
          } else {
            changes.set(pid, properties);
          }
        });
  }

  /** A step that may fail while others go on. */
  @FunctionalInterface
  private interface Step {
    void run() throws KuraException;
  }

  private static void attempt(List<Throwable> failures, Step step) {
    try {
      step.run();
    } catch (KuraException e) {
      failures.add(e);
    }
  }
}

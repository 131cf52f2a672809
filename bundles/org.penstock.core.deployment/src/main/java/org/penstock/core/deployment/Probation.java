package org.penstock.core.deployment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.penstock.api.health.Health;
import org.penstock.api.health.HealthState;

/**
 * Watches the gateway after a change: what ran before must run again, and what is new must come to
 * run. A bundle that fails or loads the machine ends it at once; the rest has until its end, and
 * as long again when something is still on its way.
 */
class Probation {

  /** What ran before a change. */
  record Before(
      Set<String> bundles,
      Map<String, String> components,
      Map<String, HealthState.Level> health,
      Pace.Mark pace,
      Map<String, LoadHistory.Mean> load) {}

  private static final long STEP_MS = 100;
  private static final int IDLE_STEPS = 20; // rewiring others may stop a bundle for a moment
  private static final String OWN = "core/deployment";

  private final BundleContext framework;
  private final ServiceComponentRuntime runtime;
  private final Health health;
  private final LoadWatch load;
  private final Duration time;
  private final Pace pace;

  Probation(
      BundleContext framework,
      ServiceComponentRuntime runtime,
      Health health,
      LoadWatch load,
      Duration time) {
    this.framework = framework;
    this.runtime = runtime;
    this.health = health;
    this.load = load;
    this.time = time;
    this.pace = new Pace(() -> health.states());
  }

  /** Called each second, so that there is a time before to compare with. */
  void look() {
    pace.look();
  }

  Before before() {
    Set<String> bundles = new TreeSet<>();
    for (Bundle bundle : framework.getBundles()) {
      if (bundle.getState() == Bundle.ACTIVE) {
        bundles.add(bundle.getSymbolicName());
      }
    }
    Map<String, HealthState.Level> levels = new HashMap<>();
    health.states().forEach((name, state) -> levels.put(name, state.level()));
    return new Before(bundles, components(), levels, pace.mark(), load.history().means());
  }

  /**
   * Watches.
   *
   * @param touched symbolic names of the bundles that were put there
   * @param removed symbolic names of bundles that went on purpose
   * @throws Refusal what is not as it should be
   */
  void watch(Before before, Collection<String> touched, Set<String> removed) throws Refusal {
    long begin = System.nanoTime();
    long end = begin + time.toNanos();
    long last = begin + 2 * time.toNanos();
    int idle = 0;
    while (true) {
      String dead = dead(touched);
      idle = dead == null ? 0 : idle + 1;
      if (idle > IDLE_STEPS) {
        throw new Refusal(dead);
      }
      String loading = load.offender(touched);
      if (loading != null) {
        throw new Refusal(loading);
      }
      long now = System.nanoTime();
      if (now >= end) {
        List<String> worse = worse(before, touched, removed);
        worse.addAll(load.history().worse(before.load(), begin));
        if (worse.isEmpty() && dead == null) {
          return;
        }
        if (now >= last) {
          throw new Refusal(dead == null ? String.join("; ", worse) : dead);
        }
      }
      pause();
    }
  }

  private static void pause() throws Refusal {
    try {
      TimeUnit.MILLISECONDS.sleep(STEP_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopping(e);
    }
  }

  private String dead(Collection<String> touched) {
    for (Bundle bundle : framework.getBundles()) {
      boolean mine = touched.contains(bundle.getSymbolicName());
      boolean fragment = mine && bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
      int lazy = Bundle.STARTING;
      if (mine && !fragment && bundle.getState() != Bundle.ACTIVE && bundle.getState() != lazy) {
        return bundle.getSymbolicName() + " does not stay active";
      }
    }
    return null;
  }

  private List<String> worse(Before before, Collection<String> touched, Set<String> removed) {
    List<String> worse = new ArrayList<>();
    Before now = before();
    for (String name : before.bundles()) {
      if (!now.bundles().contains(name) && !removed.contains(name)) {
        worse.add("bundle " + name + " is no longer active");
      }
    }
    for (Map.Entry<String, String> component : before.components().entrySet()) {
      String owner = component.getKey().split("\t")[0];
      String state = now.components().get(component.getKey());
      boolean ofRemoved = removed.contains(owner);
      // A component that an update does not have any more is the update's affair.
      boolean gone = state == null && !touched.contains(owner);
      if (!ofRemoved
          && component.getValue().isEmpty()
          && (gone || state != null && !state.isEmpty())) {
        worse.add(
            "component "
                + label(component.getKey())
                + " is no longer satisfied: "
                + (state == null ? "it is gone" : state));
      }
    }
    now.components()
        .forEach(
            (key, state) -> {
              if (!state.isEmpty()
                  && !before.components().containsKey(key)
                  && touched.contains(key.split("\t")[0])) {
                worse.add("component " + label(key) + " is never satisfied: " + state);
              }
            });
    if (touched.isEmpty()) {
      return worse; // who takes a driver out knows that its assets stand still
    }
    now.health()
        .forEach(
            (name, level) -> {
              HealthState.Level then = before.health().getOrDefault(name, HealthState.Level.OK);
              boolean bad =
                  level == HealthState.Level.FAILED || level == HealthState.Level.DEGRADED;
              if (bad && level.compareTo(then) > 0 && !name.equals(OWN)) {
                worse.add("health of " + name + ": " + health.states().get(name).reason());
              }
            });
    Set<String> own = assetsOf(touched);
    worse.addAll(
        pace.worse(before.pace(), name -> own.contains(name.substring(name.lastIndexOf('/') + 1))));
    return worse;
  }

  private static String label(String key) {
    return key.substring(key.indexOf('\t') + 1).replace("\t", " ").trim();
  }

  /** Pids of the instances of these bundles' factories, to their factories. */
  Map<String, String> instancesOf(Collection<String> symbolicNames) {
    Map<String, String> found = new TreeMap<>();
    for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs()) {
      if (symbolicNames.contains(description.bundle.symbolicName)) {
        for (ComponentConfigurationDTO c : runtime.getComponentConfigurationDTOs(description)) {
          if (c.properties != null
              && c.properties.get("kura.service.pid") instanceof String pid
              && c.properties.get("service.factoryPid") instanceof String factory) {
            found.put(pid, factory);
          }
        }
      }
    }
    return found;
  }

  /** Pids of assets whose driver is one of the bundles': they stand still while it is changed. */
  private Set<String> assetsOf(Collection<String> touched) {
    Set<String> drivers = new TreeSet<>();
    Map<String, String> driverOf = new TreeMap<>();
    for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs()) {
      for (ComponentConfigurationDTO c : runtime.getComponentConfigurationDTOs(description)) {
        if (c.properties != null && c.properties.get("kura.service.pid") instanceof String pid) {
          if (touched.contains(description.bundle.symbolicName)) {
            drivers.add(pid);
          }
          driverOf.put(pid, String.valueOf(c.properties.get("driver.pid")));
        }
      }
    }
    driverOf.values().retainAll(drivers);
    return driverOf.keySet();
  }

  /** Component configurations: bundle, name and pid, to what they lack; empty when satisfied. */
  private Map<String, String> components() {
    Map<String, String> all = new TreeMap<>();
    for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs()) {
      for (ComponentConfigurationDTO c : runtime.getComponentConfigurationDTOs(description)) {
        Object pid = c.properties == null ? null : c.properties.get("kura.service.pid");
        String key =
            description.bundle.symbolicName
                + "\t"
                + description.name
                + "\t"
                + (pid == null ? "" : pid.toString());
        String lacks = lacks(c);
        if (lacks != null) {
          all.merge(key, lacks, (a, b) -> a.isEmpty() ? a : b);
        }
      }
    }
    return all;
  }

  /** Null for a component that only waits for a configuration: that is not its fault. */
  private static String lacks(ComponentConfigurationDTO c) {
    if (c.state == ComponentConfigurationDTO.SATISFIED
        || c.state == ComponentConfigurationDTO.ACTIVE) {
      return "";
    }
    if (c.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
      return "its activation failed: " + firstLine(c.failure);
    }
    if (c.unsatisfiedReferences.length == 0) {
      return null;
    }
    StringBuilder text = new StringBuilder("nobody offers ");
    for (UnsatisfiedReferenceDTO reference : c.unsatisfiedReferences) {
      text.append(text.toString().endsWith("offers ") ? "" : ", ").append(reference.name);
      text.append(reference.target == null ? "" : " " + reference.target);
    }
    return text.toString();
  }

  private static String firstLine(String failure) {
    return failure == null ? "" : failure.lines().findFirst().orElse("");
  }
}

package org.penstock.core.deployment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.core.configuration.XmlComponentConfigurations;
import org.eclipse.kura.marshalling.Unmarshaller;
import org.penstock.api.configuration.ConfigurationCheck;
import org.penstock.api.configuration.Problem;

/**
 * Configurations that travel in a package, and the way back to what was before. Nothing of it is in
 * a snapshot until the transaction is committed, so that a crash leaves the old configuration.
 */
class Fragments {

  private static final String FACTORY = "service.factoryPid";

  private final ConfigurationService service;
  private final ConfigurationCheck check;
  private final Unmarshaller xml;

  Fragments(ConfigurationService service, ConfigurationCheck check, Unmarshaller xml) {
    this.service = service;
    this.check = check;
    this.xml = xml;
  }

  /** Reads them; called before anything is touched. */
  List<ComponentConfiguration> parse(String file, Map<String, String> fragments) throws Refusal {
    List<ComponentConfiguration> all = new ArrayList<>();
    for (Map.Entry<String, String> fragment : fragments.entrySet()) {
      if (Migration.is(fragment.getValue())) {
        continue;
      }
      try {
        all.addAll(
            xml.unmarshal(fragment.getValue(), XmlComponentConfigurations.class)
                .getConfigurations());
      } catch (KuraException e) {
        throw new Refusal(
            file
                + ": the configuration "
                + fragment.getKey()
                + " can't be read: "
                + e.getMessage()
                + "; correct it and build the package again",
            e);
      }
    }
    return all;
  }

  /** What the migrations among them make of the configurations of the version before. */
  List<ComponentConfiguration> migrated(
      String file, Map<String, String> fragments, String versionBefore) throws Refusal {
    List<ComponentConfiguration> all = new ArrayList<>();
    for (Map.Entry<String, String> fragment : fragments.entrySet()) {
      if (Migration.is(fragment.getValue())) {
        Migration migration = Migration.parse(file, fragment.getValue());
        try {
          if (migration.isFrom(versionBefore)) {
            all.addAll(migration.of(service));
          }
        } catch (KuraException e) {
          throw new Refusal(file + ": what is to be migrated can't be read: " + e.getMessage(), e);
        }
      }
    }
    return all;
  }

  /** What the given configurations are going to replace, by pid; empty where there is nothing. */
  Map<String, Optional<Map<String, Object>>> capture(List<ComponentConfiguration> all) {
    Map<String, Optional<Map<String, Object>>> before = new HashMap<>();
    all.forEach(c -> before.put(c.getPid(), now(c.getPid())));
    return before;
  }

  private Optional<Map<String, Object>> now(String pid) {
    try {
      ComponentConfiguration c = service.getComponentConfiguration(pid);
      return c == null
          ? Optional.empty()
          : Optional.ofNullable(c.getConfigurationProperties()).map(HashMap::new);
    } catch (KuraException e) {
      return Optional.empty(); // it can't be changed then either
    }
  }

  /** Makes sure that the configuration of before is in a snapshot. */
  void keep() throws Refusal {
    try {
      service.snapshot();
    } catch (KuraException e) {
      throw new Refusal("the configuration can't be kept for the way back: " + e.getMessage(), e);
    }
  }

  /** Applies them without taking a snapshot. */
  void apply(String file, List<ComponentConfiguration> all) throws Refusal {
    for (ComponentConfiguration c : all) {
      Map<String, Object> properties = c.getConfigurationProperties();
      boolean known = service.getConfigurableComponentPids().contains(c.getPid());
      Object factory = properties.get(FACTORY);
      List<Problem> problems =
          known || factory == null
              ? check.check(c.getPid(), properties)
              : check.checkNew(factory.toString(), c.getPid(), properties);
      if (!problems.isEmpty()) {
        throw new Refusal(file + ": its configuration is wrong: " + problems.get(0).text());
      }
      try {
        if (known || factory == null) {
          service.updateConfiguration(c.getPid(), properties, false);
        } else {
          service.createFactoryConfiguration(factory.toString(), c.getPid(), properties, false);
        }
      } catch (KuraException e) {
        throw new Refusal(file + ": its configuration of " + c.getPid() + ": " + e.getMessage(), e);
      }
    }
  }

  /** Deletes what an uninstalled unit left, but for what somebody offers again. */
  List<String> forget(Leftovers leftovers, String unit) throws Refusal, IOException {
    try {
      return leftovers.delete(unit, service, service.getFactoryComponentPids()::contains);
    } catch (KuraException e) {
      throw new Refusal("configurations of " + unit + " can't be deleted: " + e.getMessage(), e);
    }
  }

  /** Takes the snapshot of what is committed. */
  void commit() throws Refusal {
    keep();
  }

  /** Goes back to what was captured; what the package did not bring is nobody's to undo. */
  List<String> restore(Map<String, Optional<Map<String, Object>>> before) {
    List<String> failed = new ArrayList<>();
    before.forEach(
        (pid, then) -> {
          Optional<Map<String, Object>> now = now(pid);
          try {
            if (then.isEmpty() && now.isPresent() && now.get().containsKey(FACTORY)) {
              service.deleteFactoryConfiguration(pid, false);
            } else if (then.isPresent() && (now.isEmpty() || !same(then.get(), now.get()))) {
              Map<String, Object> back = new HashMap<>(then.get());
              now.ifPresent(
                  present -> present.keySet().forEach(key -> back.putIfAbsent(key, null)));
              service.updateConfiguration(pid, back, false);
            }
          } catch (KuraException e) {
            failed.add(pid + ": " + e.getMessage());
          }
        });
    return failed;
  }

  private static boolean same(Map<String, Object> a, Map<String, Object> b) {
    if (!a.keySet().equals(b.keySet())) {
      return false;
    }
    for (Map.Entry<String, Object> entry : a.entrySet()) {
      if (!java.util.Objects.deepEquals(text(entry.getValue()), text(b.get(entry.getKey())))) {
        return false;
      }
    }
    return true;
  }

  /** Passwords have no equality of their own. */
  private static Object text(Object value) {
    return value instanceof org.eclipse.kura.configuration.Password p
        ? String.valueOf(p.getPassword())
        : value;
  }
}

package org.penstock.flow.wires;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which factory a component is of, also while it is not there: the configuration service knows active
 * components only, and one that was just made, or whose bundle is away, is not.
 */
final class Factories {

  /** Key of the factory's pid. */
  static final String FACTORY_PID = "service.factoryPid";

  private static final Logger LOG = LoggerFactory.getLogger(Factories.class);

  private final ConfigurationService configurations;

  Factories(ConfigurationService configurations) {
    this.configurations = configurations;
  }

  void delete(String pid) throws KuraException {
    configurations.deleteFactoryConfiguration(pid, false);
  }

  /** It is there, and no factory made it: it cannot be deleted. */
  boolean isSingleton(String pid) throws KuraException {
    return of(pid, false).filter(String::isEmpty).isPresent();
  }

  boolean isActive(String pid) throws KuraException {
    return configurations.getComponentConfiguration(pid) != null;
  }

  /** What an active component has; nothing for one that is not there. */
  Map<String, Object> properties(String pid) throws KuraException {
    ComponentConfiguration active = configurations.getComponentConfiguration(pid);
    Map<String, Object> properties = active == null ? null : active.getConfigurationProperties();
    return properties == null ? Map.of() : properties;
  }

  /**
   * The factory of a component.
   *
   * @param stored look also into the newest snapshot
   * @return empty text for one without factory; empty when there is no such component
   */
  Optional<String> of(String pid, boolean stored) throws KuraException {
    ComponentConfiguration active = configurations.getComponentConfiguration(pid);
    if (active != null) {
      return Optional.of(factory(active));
    }
    return stored ? snapshot(pid) : Optional.empty();
  }

  private Optional<String> snapshot(String pid) {
    try {
      Set<Long> ids = configurations.getSnapshots();
      if (!ids.isEmpty()) {
        return configurations.getSnapshot(Collections.max(ids)).stream()
            .filter(one -> pid.equals(one.getPid()))
            .map(Factories::factory)
            .findFirst();
      }
    } catch (KuraException unreadable) {
      LOG.warn("Cannot tell what {} is, no snapshot can be read: {}", pid, unreadable.getMessage());
    }
    return Optional.empty();
  }

  private static String factory(ComponentConfiguration one) {
    Map<String, Object> properties = one.getConfigurationProperties();
    Object factory = properties == null ? null : properties.get(FACTORY_PID);
    return factory instanceof String text ? text : "";
  }
}

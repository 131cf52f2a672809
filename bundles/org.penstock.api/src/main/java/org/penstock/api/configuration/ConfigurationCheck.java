package org.penstock.api.configuration;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Says beforehand what is wrong with a configuration that Kura's ConfigurationService would take
 * without a word: unknown pids, wrong types, values out of range. Keys that the definition does not
 * name are accepted. Any thread may call; nothing is changed.
 */
@ProviderType
public interface ConfigurationCheck {

  /**
   * Checks an update of a component.
   *
   * @param pid the component's {@code kura.service.pid}
   * @param properties only the keys that change
   * @return empty when all is well; an unknown pid is a problem
   */
  List<Problem> check(String pid, Map<String, Object> properties);

  /**
   * Checks the making of an instance.
   *
   * @param factoryPid the factory; an unknown one is a problem
   * @param pid the new instance's {@code kura.service.pid}; one in use is a problem
   * @param properties keys that are left out take their defaults
   * @return empty when all is well
   */
  List<Problem> checkNew(String factoryPid, String pid, Map<String, Object> properties);
}

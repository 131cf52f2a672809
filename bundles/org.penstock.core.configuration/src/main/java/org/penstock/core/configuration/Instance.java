package org.penstock.core.configuration;

import java.util.Set;

/**
 * One instance of a factory, whether its component is there or not.
 *
 * @param pid its kura.service.pid
 * @param servicePid its pid in Configuration Admin; empty while it is being made
 * @param factoryPid its factory
 * @param secretKeys keys whose values were given as passwords
 */
record Instance(String pid, String servicePid, String factoryPid, Set<String> secretKeys) {

  Instance {
    secretKeys = Set.copyOf(secretKeys);
  }
}

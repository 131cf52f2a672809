package org.penstock.core.configuration;

import org.eclipse.kura.configuration.ConfigurationService;

/** Property keys that carry a component's identity. */
final class Keys {

  static final String KURA_PID = ConfigurationService.KURA_SERVICE_PID;
  static final String SERVICE_PID = "service.pid";
  static final String FACTORY_PID = "service.factoryPid";

  private Keys() {}
}

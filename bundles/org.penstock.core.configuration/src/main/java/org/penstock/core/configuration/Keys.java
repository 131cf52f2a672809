package org.penstock.core.configuration;

import org.eclipse.kura.configuration.ConfigurationService;
import org.osgi.framework.ServiceReference;

/** Property keys that carry a component's identity. */
final class Keys {

  static final String KURA_PID = ConfigurationService.KURA_SERVICE_PID;
  static final String SERVICE_PID = "service.pid";
  static final String FACTORY_PID = "service.factoryPid";

  /** A self-configuring component says with it that nothing of its configuration is its own. */
  static final String CONFIGURATION = "penstock.configuration";

  private Keys() {}

  static boolean isStored(ServiceReference<?> component) {
    return "stored".equals(component.getProperty(CONFIGURATION));
  }
}

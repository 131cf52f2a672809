package org.penstock.core.configuration;

import java.util.Collection;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the services of configurable components. */
final class ComponentTracker implements ServiceTrackerCustomizer<Object, Active> {

  static final String FILTER =
      "(&(|(objectClass=org.eclipse.kura.configuration.ConfigurableComponent)"
          + "(objectClass=org.eclipse.kura.configuration.SelfConfiguringComponent))"
          + "(service.pid=*))";

  private static final Logger LOG = LoggerFactory.getLogger(ComponentTracker.class);

  private final BundleContext context;
  private final Components components;

  ComponentTracker(BundleContext context, Components components) {
    this.context = context;
    this.components = components;
  }

  @Override
  public Active addingService(ServiceReference<Object> reference) {
    String servicePid = first(reference.getProperty(Keys.SERVICE_PID));
    if (servicePid == null || !(reference.getProperty(Keys.KURA_PID) instanceof String pid)) {
      LOG.info("{} has no {}: not configured here", servicePid, Keys.KURA_PID);
      return null;
    }
    Object service = context.getService(reference);
    if (service == null) {
      return null; // gone again
    }
    Active component = new Active(pid, servicePid, service);
    components.appeared(component);
    return component;
  }

  @Override
  public void modifiedService(ServiceReference<Object> reference, Active component) {
    // pid and service stay the same
  }

  @Override
  public void removedService(ServiceReference<Object> reference, Active component) {
    components.disappeared(component);
    context.ungetService(reference);
  }

  private static String first(Object pid) {
    if (pid instanceof Collection<?> many) {
      return many.isEmpty() ? null : String.valueOf(many.iterator().next());
    }
    if (pid instanceof String[] many) {
      return many.length == 0 ? null : many[0];
    }
    return pid instanceof String one ? one : null;
  }
}

package org.penstock.flow.wires.component;

import java.util.Map;
import java.util.function.Supplier;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.ComponentContext;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says on the health page and once in the log when a component's properties cannot be used, or what it
 * needs fails. Its service goes when the component's bundle context does, or with {@link #close}.
 */
final class Trouble implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

  private final String pid;
  private final Condition condition;
  private final ServiceRegistration<HealthSource> registration;

  Trouble(String prefix, Map<String, Object> properties, ComponentContext context) {
    this(prefix, properties, context, Map::of);
  }

  /**
   * @param prefix of the health source's name, before the pid
   * @param figures what the health page shows
   */
  Trouble(
      String prefix,
      Map<String, Object> properties,
      ComponentContext context,
      Supplier<Map<String, Object>> figures) {
    this.pid = new Settings(properties).pid();
    this.condition = new Condition(prefix + pid, figures);
    this.registration =
        context.getBundleContext().registerService(HealthSource.class, condition, null);
  }

  /** Takes properties; those that cannot be used leave what was before, and show. */
  void configure(Runnable reading) {
    try {
      reading.run();
      condition.isWell();
    } catch (IllegalArgumentException unusable) {
      failed(unusable.getMessage() + "; what was configured before stays in use");
    }
  }

  /** Something fails from now on. */
  void failed(String reason) {
    if (condition.is(Level.FAILED, reason)) {
      LOG.error("{}: {}", pid, reason);
    }
  }

  /** All is well again. */
  void isWell() {
    if (condition.isWell()) {
      LOG.info("{} works again", pid);
    }
  }

  @Override
  public void close() {
    registration.unregister();
  }
}

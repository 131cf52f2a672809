package org.penstock.acceptance.inside.configuration;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.service.component.ComponentContext;

/** A component as an add-on has it: descriptor in XML, metatype in XML. Tells what it was given. */
public class Pump implements ConfigurableComponent, Supplier<Map<String, Object>> {

  private final AtomicReference<Map<String, Object>> given = new AtomicReference<>(Map.of());
  private final AtomicInteger activations = new AtomicInteger();

  protected void activate(ComponentContext context, Map<String, Object> properties) {
    activations.incrementAndGet();
    updated(properties);
  }

  protected void updated(Map<String, Object> properties) {
    Map<String, Object> copy = new HashMap<>(properties);
    copy.put("activations", activations.get());
    given.set(copy);
  }

  protected void deactivate(ComponentContext context) {
    given.set(Map.of());
  }

  @Override
  public Map<String, Object> get() {
    return given.get();
  }
}

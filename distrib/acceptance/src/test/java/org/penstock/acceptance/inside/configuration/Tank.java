package org.penstock.acceptance.inside.configuration;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.SelfConfiguringComponent;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Tocd;
import org.eclipse.kura.core.configuration.metatype.Tscalar;
import org.osgi.service.component.ComponentContext;

/** A component that describes itself. With "bad" set it tells a value of a wrong type. */
public class Tank implements SelfConfiguringComponent {

  private final AtomicReference<Map<String, Object>> given = new AtomicReference<>(Map.of());

  protected void activate(ComponentContext context, Map<String, Object> properties) {
    updated(properties);
  }

  protected void updated(Map<String, Object> properties) {
    given.set(new HashMap<>(properties));
  }

  protected void deactivate(ComponentContext context) {
    given.set(Map.of());
  }

  @Override
  public ComponentConfiguration getConfiguration() throws KuraException {
    String pid = (String) given.get().get("kura.service.pid");
    Tocd definition = new Tocd();
    definition.setId(pid);
    definition.setName("Tank");
    Tad level = new Tad();
    level.setId("level");
    level.setName("level");
    level.setType(Tscalar.INTEGER);
    level.setRequired(true);
    level.setCardinality(0);
    level.setDefault("7");
    definition.addAD(level);
    Map<String, Object> properties = new HashMap<>();
    properties.put("level", given.get().getOrDefault("level", 7));
    if (given.get().containsKey("bad")) {
      properties.put("level", "seven");
    }
    return new ComponentConfigurationImpl(pid, definition, properties);
  }
}

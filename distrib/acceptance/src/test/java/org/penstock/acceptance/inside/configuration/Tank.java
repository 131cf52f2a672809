package org.penstock.acceptance.inside.configuration;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.SelfConfiguringComponent;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Tocd;
import org.eclipse.kura.core.configuration.metatype.Tscalar;
import org.osgi.service.component.ComponentContext;

/**
 * A component that describes itself. With "bad" set it tells a value of a wrong type, with "levels"
 * an array of it, with "alias" another pid; with "broken" it tells nothing.
 */
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
    if (given.get().containsKey("broken")) {
      throw new KuraException(KuraErrorCode.INTERNAL_ERROR, "broken");
    }
    if (given.get().get("levels") instanceof Object[] values) {
      Tad levels = new Tad();
      levels.setId("levels");
      levels.setName("levels");
      levels.setType(Tscalar.INTEGER);
      levels.setCardinality(9);
      definition.addAD(levels);
      properties.put("levels", values);
    }
    return new ComponentConfigurationImpl(
        (String) given.get().getOrDefault("alias", pid), definition, properties);
  }
}

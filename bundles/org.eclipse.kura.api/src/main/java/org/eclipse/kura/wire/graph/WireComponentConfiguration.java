package org.eclipse.kura.wire.graph;

import java.util.Map;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.osgi.annotation.versioning.ProviderType;

/** A component of a graph and where it is drawn. */
@ProviderType
public class WireComponentConfiguration {

  private ComponentConfiguration configuration;
  private Map<String, Object> properties;

  public WireComponentConfiguration(
      ComponentConfiguration componentConfiguration, Map<String, Object> properties) {
    this.configuration = componentConfiguration;
    this.properties = properties;
  }

  public ComponentConfiguration getConfiguration() {
    return configuration;
  }

  public Map<String, Object> getProperties() {
    return properties;
  }
}

package org.eclipse.kura.core.configuration;

import java.util.List;
import org.eclipse.kura.configuration.ComponentConfiguration;

/** Configurations of components, as one document. */
public class XmlComponentConfigurations {

  private List<ComponentConfiguration> configurations;

  public XmlComponentConfigurations() {
    super();
  }

  public List<ComponentConfiguration> getConfigurations() {
    return configurations;
  }

  public void setConfigurations(List<ComponentConfiguration> configurations) {
    this.configurations = configurations;
  }
}

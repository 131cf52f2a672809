package org.eclipse.kura.core.configuration;

import java.util.Map;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.core.configuration.metatype.Tocd;

/** A component's configuration as a plain bean: pid, definition and properties. */
public class ComponentConfigurationImpl implements ComponentConfiguration {

  protected String pid;
  protected Tocd definition;
  protected Map<String, Object> properties;

  /** Makes an empty one. */
  public ComponentConfigurationImpl() {
    super();
  }

  /** Keeps the arguments as they are. */
  public ComponentConfigurationImpl(String pid, Tocd definition, Map<String, Object> properties) {
    this.pid = pid;
    this.definition = definition;
    this.properties = properties;
  }

  @Override
  public String getPid() {
    return pid;
  }

  @Override
  public Tocd getDefinition() {
    return definition;
  }

  @Override
  public Map<String, Object> getConfigurationProperties() {
    return properties;
  }

  public void setPid(String pid) {
    this.pid = pid;
  }

  public void setDefinition(Tocd definition) {
    this.definition = definition;
  }

  public void setProperties(Map<String, Object> properties) {
    this.properties = properties;
  }

  @Override
  public String toString() {
    return "ComponentConfiguration [pid=" + pid + ", properties=" + properties + "]";
  }
}

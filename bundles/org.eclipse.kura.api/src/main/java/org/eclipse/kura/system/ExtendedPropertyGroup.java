package org.eclipse.kura.system;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** A named group of properties. */
@ProviderType
public class ExtendedPropertyGroup {

  private String name;
  private Map<String, String> properties;

  public ExtendedPropertyGroup(String name, Map<String, String> properties) {
    this.name = name;
    this.properties = properties;
  }

  public String getName() {
    return name;
  }

  public Map<String, String> getProperties() {
    return properties;
  }
}

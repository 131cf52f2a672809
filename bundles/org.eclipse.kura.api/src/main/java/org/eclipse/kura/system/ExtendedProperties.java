package org.eclipse.kura.system;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Further properties of the device, in groups. */
@ProviderType
public class ExtendedProperties {

  private String version;
  private List<ExtendedPropertyGroup> propertyGroups;

  public ExtendedProperties(String name, List<ExtendedPropertyGroup> list) {
    this.version = name;
    this.propertyGroups = list;
  }

  public String getVersion() {
    return version;
  }

  public List<ExtendedPropertyGroup> getPropertyGroups() {
    return propertyGroups;
  }
}

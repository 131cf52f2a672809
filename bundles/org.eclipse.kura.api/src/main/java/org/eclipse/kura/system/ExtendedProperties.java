package org.eclipse.kura.system;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Further properties of the device, in groups. */
@ProviderType
public class ExtendedProperties {

  private final String version;
  private final List<ExtendedPropertyGroup> propertyGroups;

  public ExtendedProperties(String version, List<ExtendedPropertyGroup> propertyGroups) {
    this.version = version;
    this.propertyGroups = propertyGroups;
  }

  public String getVersion() {
    return version;
  }

  public List<ExtendedPropertyGroup> getPropertyGroups() {
    return propertyGroups;
  }
}

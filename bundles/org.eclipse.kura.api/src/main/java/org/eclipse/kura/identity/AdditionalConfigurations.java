package org.eclipse.kura.identity;

import java.util.List;
import java.util.Objects;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.osgi.annotation.versioning.ProviderType;

/** Further configurations of an identity, from extensions. */
@ProviderType
public class AdditionalConfigurations implements IdentityConfigurationComponent {

  private final List<ComponentConfiguration> configurations;

  public AdditionalConfigurations(List<ComponentConfiguration> configurations) {
    this.configurations = configurations;
  }

  public List<ComponentConfiguration> getConfigurations() {
    return configurations;
  }

  @Override
  public int hashCode() {
    return Objects.hash(configurations);
  }

  @Override
  public boolean equals(Object value) {
    if (this == value) {
      return true;
    }
    if (value == null || getClass() != value.getClass()) {
      return false;
    }
    AdditionalConfigurations other = (AdditionalConfigurations) value;
    return Objects.equals(configurations, other.configurations);
  }
}

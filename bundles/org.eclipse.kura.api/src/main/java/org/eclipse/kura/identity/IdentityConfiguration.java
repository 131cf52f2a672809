package org.eclipse.kura.identity;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** An identity's name and the parts of its configuration. */
@ProviderType
public class IdentityConfiguration {

  private final String name;
  private final List<IdentityConfigurationComponent> components;

  public IdentityConfiguration(String name, List<IdentityConfigurationComponent> components) {
    this.name = Objects.requireNonNull(name, "the name must not be null");
    this.components = Objects.requireNonNull(components, "the components must not be null");
  }

  public String getName() {
    return name;
  }

  public List<IdentityConfigurationComponent> getComponents() {
    return components;
  }

  public <T extends IdentityConfigurationComponent> Optional<T> getComponent(Class<T> type) {
    return components.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, components);
  }

  @Override
  public boolean equals(Object object) {
    if (this == object) {
      return true;
    }
    if (object == null || getClass() != object.getClass()) {
      return false;
    }
    IdentityConfiguration other = (IdentityConfiguration) object;
    return name.equals(other.name) && components.equals(other.components);
  }
}

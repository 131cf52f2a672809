package org.eclipse.kura.identity;

import java.util.Objects;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** The permissions of an identity. */
@ProviderType
public class AssignedPermissions implements IdentityConfigurationComponent {

  private final Set<Permission> permissions;

  public AssignedPermissions(Set<Permission> permissions) {
    this.permissions = permissions;
  }

  public Set<Permission> getPermissions() {
    return permissions;
  }

  @Override
  public int hashCode() {
    return Objects.hash(permissions);
  }

  @Override
  public boolean equals(Object value) {
    if (this == value) {
      return true;
    }
    if (value == null || getClass() != value.getClass()) {
      return false;
    }
    AssignedPermissions other = (AssignedPermissions) value;
    return Objects.equals(permissions, other.permissions);
  }
}

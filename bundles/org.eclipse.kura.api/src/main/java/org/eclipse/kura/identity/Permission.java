package org.eclipse.kura.identity;

import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/** A permission by its name. */
@ProviderType
public class Permission {

  private String name;

  public Permission(String name) {
    this.name = name;
  }

  public String getName() {
    return name;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name);
  }

  @Override
  public boolean equals(Object value) {
    if (this == value) {
      return true;
    }
    if (value == null || getClass() != value.getClass()) {
      return false;
    }
    Permission other = (Permission) value;
    return Objects.equals(name, other.name);
  }
}

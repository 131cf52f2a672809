package org.penstock.api.security;

import java.security.Principal;
import java.util.Set;

/**
 * An authenticated caller.
 *
 * @param getName the identity's name, for example {@code admin}
 * @param permissions Kura's permission names without the prefix {@code kura.permission.}, for example
 *     {@code rest.assets}; {@code kura.admin} implies all
 */
public record Caller(String getName, Set<String> permissions) implements Principal {

  /** The permission that implies all others. */
  public static final String ADMIN = "kura.admin";

  public Caller {
    permissions = Set.copyOf(permissions);
  }

  /** The caller holds the permission itself or {@link #ADMIN}. */
  public boolean may(String permission) {
    return permissions.contains(ADMIN) || permissions.contains(permission);
  }
}

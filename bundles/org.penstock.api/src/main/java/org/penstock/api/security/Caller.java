package org.penstock.api.security;

import java.security.Principal;
import java.util.Set;

/**
 * An authenticated caller.
 *
 * @param getName the identity's name, for example {@code admin}
 * @param permissions Kura's permission names without the prefix {@code kura.permission.}, for example
 *     {@code rest.assets}; {@code kura.admin} implies all, {@code *.read} all that end so, and {@code
 *     assets.read@north} holds for the assets of the group north only
 * @param passwordChangeNeeded may do nothing but set a new password
 */
public record Caller(String getName, Set<String> permissions, boolean passwordChangeNeeded)
    implements Principal {

  /** The permission that implies all others. */
  public static final String ADMIN = "kura.admin";

  public Caller {
    permissions = Set.copyOf(permissions);
  }

  /** A caller whose password need not be changed. */
  public Caller(String name, Set<String> permissions) {
    this(name, permissions, false);
  }

  /** The caller holds the permission itself, or one that implies it, without limit to a group. */
  public boolean may(String permission) {
    return permissions.contains(ADMIN)
        || permissions.contains(permission)
        || permissions.contains("*." + permission.substring(permission.lastIndexOf('.') + 1));
  }

  /** {@link #may} holds, or the caller holds the permission for this group of assets. */
  public boolean may(String permission, String group) {
    return may(permission) || !group.isEmpty() && permissions.contains(permission + "@" + group);
  }

  /** {@link #may} holds, or the caller holds the permission for any group of assets. */
  public boolean mayForSome(String permission) {
    return may(permission) || permissions.stream().anyMatch(p -> p.startsWith(permission + "@"));
  }
}

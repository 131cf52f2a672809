package org.penstock.core.security;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.useradmin.Group;
import org.osgi.service.useradmin.Role;
import org.osgi.service.useradmin.User;
import org.osgi.service.useradmin.UserAdmin;
import org.penstock.api.security.Caller;

/** Users, permissions and who holds which, in UserAdmin's roles by Kura's names. */
final class Identities {

  private static final String USER = "kura.user.";
  private static final String PERMISSION = "kura.permission.";
  private static final String PASSWORD = "kura.password";
  private static final String CHANGE = "kura.need.password.change";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]+([._][A-Za-z0-9]+)*");
  private static final int SHORTEST = 3;
  private static final int LONGEST = 255;

  private final UserAdmin admin;
  private final RoleStore store;

  Identities(UserAdmin admin, RoleStore store) {
    this.admin = admin;
    this.store = store;
  }

  /** What is wrong with a name, in words. */
  static Optional<String> fault(String name) {
    boolean good =
        name != null
            && name.length() >= SHORTEST
            && name.length() <= LONGEST
            && NAME.matcher(name).matches();
    return good
        ? Optional.empty()
        : Optional.of(
            "identity name "
                + name
                + ": give "
                + SHORTEST
                + " to "
                + LONGEST
                + " letters and digits, in parts joined by . or _");
  }

  Set<String> names() {
    return names(USER);
  }

  Set<String> permissions() {
    return names(PERMISSION);
  }

  private Set<String> names(String prefix) {
    Set<String> names = new TreeSet<>();
    for (Role role : roles()) {
      if (role.getName().startsWith(prefix)) {
        names.add(role.getName().substring(prefix.length()));
      }
    }
    return names;
  }

  private Role[] roles() {
    try {
      Role[] roles = admin.getRoles(null);
      return roles == null ? new Role[0] : roles;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("there is no filter", e);
    }
  }

  boolean exists(String name) {
    return user(name).isPresent();
  }

  private Optional<User> user(String name) {
    return admin.getRole(USER + name) instanceof User user ? Optional.of(user) : Optional.empty();
  }

  boolean create(String name) {
    return admin.createRole(USER + name, Role.USER) != null;
  }

  boolean delete(String name) {
    Optional<User> user = user(name);
    if (user.isEmpty()) {
      return false;
    }
    for (Role role : roles()) {
      if (role instanceof Group group) {
        group.removeMember(user.get());
      }
    }
    return admin.removeRole(USER + name);
  }

  boolean createPermission(String permission) {
    return admin.createRole(PERMISSION + permission, Role.GROUP) != null;
  }

  boolean deletePermission(String permission) {
    return admin.removeRole(PERMISSION + permission);
  }

  /** What the identity was given, without what roles mean. */
  Set<String> permissions(String name) {
    Set<String> permissions = new TreeSet<>();
    for (Role role : roles()) {
      if (role instanceof Group group
          && role.getName().startsWith(PERMISSION)
          && has(group, name)) {
        permissions.add(role.getName().substring(PERMISSION.length()));
      }
    }
    return permissions;
  }

  private static boolean has(Group group, String name) {
    Role[] members = group.getMembers();
    if (members != null) {
      for (Role member : members) {
        if (member.getName().equals(USER + name)) {
          return true;
        }
      }
    }
    return false;
  }

  void setPermissions(String name, Set<String> permissions) {
    Role user = admin.getRole(USER + name);
    for (String permission : permissions()) {
      Group group = (Group) admin.getRole(PERMISSION + permission);
      if (permissions.contains(permission)) {
        group.addMember(user);
      } else {
        group.removeMember(user);
      }
    }
  }

  /** Our own hash or one of Kura's; empty when the identity can't log in with a password. */
  Optional<String> hash(String name) {
    return user(name).map(u -> u.getCredentials().get(PASSWORD)).map(Object::toString);
  }

  void setHash(String name, Optional<String> hash) {
    set(user(name).orElseThrow().getCredentials(), PASSWORD, hash);
  }

  boolean changeNeeded(String name) {
    return user(name)
        .map(u -> u.getProperties().get(CHANGE))
        .map(v -> Boolean.parseBoolean(v.toString()))
        .orElse(false);
  }

  void setChangeNeeded(String name, boolean needed) {
    set(
        user(name).orElseThrow().getProperties(),
        CHANGE,
        needed ? Optional.of("true") : Optional.empty());
  }

  @SuppressWarnings("unchecked") // UserAdmin's dictionaries are raw
  private static void set(Dictionary<?, ?> target, String key, Optional<String> value) {
    if (value.isPresent()) {
      ((Dictionary<String, Object>) target).put(key, value.get());
    } else {
      target.remove(key);
    }
  }

  Optional<Caller> caller(String name) {
    return exists(name)
        ? Optional.of(new Caller(name, Roles.expand(permissions(name)), changeNeeded(name)))
        : Optional.empty();
  }

  /** Writes all that was changed, durable when it returns. */
  void save() throws IOException {
    store.save();
  }
}

package org.eclipse.kura.util.useradmin;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.kura.crypto.CryptoService;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.useradmin.Group;
import org.osgi.service.useradmin.Role;
import org.osgi.service.useradmin.User;
import org.osgi.service.useradmin.UserAdmin;

/** Identities are users {@code kura.user.<name>}, permissions are groups {@code kura.permission.<name>} with basic members. */
public class UserAdminHelper {

  private static final String USER_PREFIX = "kura.user.";
  private static final String PERMISSION_PREFIX = "kura.permission.";
  private static final String ADMIN = "kura.admin";
  private static final String PASSWORD = "kura.password";
  private static final String NEED_CHANGE = "kura.need.password.change";

  private final UserAdmin userAdmin;
  private final CryptoService cryptoService;

  public UserAdminHelper(UserAdmin userAdmin, CryptoService cryptoService) {
    this.userAdmin = userAdmin;
    this.cryptoService = cryptoService;
  }

  public void verifyUsernamePassword(String username, String password)
      throws AuthenticationException {
    User user = known(username);
    Object stored = user.getCredentials().get(PASSWORD);
    if (!(stored instanceof String hash) || !same(hash, hash(password))) {
      throw new AuthenticationException(AuthenticationException.Reason.INCORRECT_PASSWORD);
    }
  }

  private User known(String username) throws AuthenticationException {
    return getUser(username)
        .orElseThrow(
            () -> new AuthenticationException(AuthenticationException.Reason.USER_NOT_FOUND));
  }

  private String hash(String password) throws AuthenticationException {
    try {
      return cryptoService.sha256Hash(password);
    } catch (GeneralSecurityException | UnsupportedEncodingException e) {
      AuthenticationException failure =
          new AuthenticationException(AuthenticationException.Reason.ENCRYPTION_ERROR);
      failure.initCause(e);
      throw failure;
    }
  }

  /** Compares in a time that does not depend on where the texts differ. */
  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** Refuses a user who has not all the permissions; an administrator has every one. */
  public void requirePermissions(String username, String... permissions)
      throws AuthenticationException {
    known(username);
    Set<String> held = getIdentityPermissions(username);
    if (held.contains(ADMIN)) {
      return;
    }
    for (String permission : permissions) {
      if (!held.contains(permission)) {
        throw new AuthenticationException(AuthenticationException.Reason.USER_NOT_IN_ROLE);
      }
    }
  }

  public Set<String> getIdentityPermissions(String username) {
    Set<String> permissions = new TreeSet<>();
    String userName = USER_PREFIX + username;
    foreachPermission(
        (permission, group) -> {
          Role[] members = group.getMembers();
          if (members != null) {
            for (Role member : members) {
              if (member.getName().equals(userName)) {
                permissions.add(permission);
              }
            }
          }
        });
    return permissions;
  }

  @SuppressWarnings("unchecked")
  public void changeUserPassword(String username, String password) throws AuthenticationException {
    User user = known(username);
    String hash = hash(password);
    Object stored = user.getCredentials().get(PASSWORD);
    if (hash.equals(stored)) {
      throw new AuthenticationException(
          AuthenticationException.Reason.PASSWORD_CHANGE_WITH_SAME_PASSWORD);
    }
    user.getCredentials().put(PASSWORD, hash);
    user.getProperties().remove(NEED_CHANGE);
  }

  public boolean isPasswordChangeRequired(String username) {
    return getUser(username)
        .map(u -> "true".equals(u.getProperties().get(NEED_CHANGE)))
        .orElse(false);
  }

  public void createUser(String username) {
    getOrCreateUser(username);
  }

  /** Removes the user, and first from all permissions. */
  public void deleteUser(String username) {
    getUser(username)
        .ifPresent(
            user -> {
              foreachPermission((permission, group) -> group.removeMember(user));
              userAdmin.removeRole(user.getName());
            });
  }

  /** A number that changes with the user's credentials. */
  public Optional<Integer> getCredentialsHash(String username) {
    return getUser(username).map(u -> String.valueOf(u.getCredentials().get(PASSWORD)).hashCode());
  }

  public Set<String> getDefinedPermissions() {
    Set<String> permissions = new TreeSet<>();
    foreachPermission((permission, group) -> permissions.add(permission));
    return permissions;
  }

  public Optional<User> getUser(String username) {
    Role role = userAdmin.getRole(USER_PREFIX + username);
    return role instanceof User user && !(role instanceof Group)
        ? Optional.of(user)
        : Optional.empty();
  }

  public Optional<Group> getPermission(String permission) {
    Role role = userAdmin.getRole(PERMISSION_PREFIX + permission);
    return role instanceof Group group ? Optional.of(group) : Optional.empty();
  }

  public Group getOrCreatePermission(String permission) {
    return getPermission(permission)
        .orElseGet(() -> (Group) userAdmin.createRole(PERMISSION_PREFIX + permission, Role.GROUP));
  }

  public void deletePremission(String permission) {
    userAdmin.removeRole(PERMISSION_PREFIX + permission);
  }

  public User getOrCreateUser(String username) {
    return getUser(username)
        .orElseGet(() -> (User) userAdmin.createRole(USER_PREFIX + username, Role.USER));
  }

  public <R extends Role, E extends Exception> void foreachRole(
      Class<R> type, FallibleConsumer<R, E> consumer) throws E {
    Role[] roles;
    try {
      roles = userAdmin.getRoles(null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
    if (roles != null) {
      for (Role role : roles) {
        if (type.isInstance(role)) {
          consumer.accept(type.cast(role));
        }
      }
    }
  }

  public <E extends Exception> void foreachUser(UserConsumer<E> consumer) throws E {
    foreachRole(
        User.class,
        (FallibleConsumer<User, E>)
            user -> {
              if (user.getType() == Role.USER && user.getName().startsWith(USER_PREFIX)) {
                consumer.accept(user.getName().substring(USER_PREFIX.length()), user);
              }
            });
  }

  public <E extends Exception> void foreachPermission(PermissionConsumer<E> consumer) throws E {
    foreachRole(
        Group.class,
        (FallibleConsumer<Group, E>)
            group -> {
              if (group.getName().startsWith(PERMISSION_PREFIX)) {
                consumer.accept(group.getName().substring(PERMISSION_PREFIX.length()), group);
              }
            });
  }

  /** What is done with each role. */
  public interface FallibleConsumer<T, E extends Exception> {

    void accept(T value) throws E;
  }

  /** What is done with each identity. */
  public interface UserConsumer<E extends Exception> {

    void accept(String name, User user) throws E;
  }

  /** What is done with each permission. */
  public interface PermissionConsumer<E extends Exception> {

    void accept(String name, Group group) throws E;
  }

  /** Somebody is not who, or may not do what, they say. */
  public static class AuthenticationException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public AuthenticationException(Reason reason) {
      super(reason.name());
      this.reason = reason;
    }

    public Reason getReason() {
      return reason;
    }

    /** Why. */
    public enum Reason {
      USER_NOT_FOUND,
      INCORRECT_PASSWORD,
      USER_NOT_IN_ROLE,
      PASSWORD_CHANGE_WITH_SAME_PASSWORD,
      ENCRYPTION_ERROR
    }
  }
}

package org.penstock.core.security;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.identity.AssignedPermissions;
import org.eclipse.kura.identity.IdentityConfiguration;
import org.eclipse.kura.identity.IdentityConfigurationComponent;
import org.eclipse.kura.identity.IdentityService;
import org.eclipse.kura.identity.PasswordConfiguration;
import org.eclipse.kura.identity.PasswordHash;
import org.eclipse.kura.identity.PasswordStrengthVerificationService;
import org.eclipse.kura.identity.Permission;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.useradmin.UserAdmin;

/** Kura's IdentityService over UserAdmin; every change is durable when the call returns. */
@Component
public final class KuraIdentities implements IdentityService {

  /** A password hash in our own form. */
  private record Hash(String text) implements PasswordHash {}

  private final Identities identities;
  private final PasswordAuthenticator authenticator;
  private final PasswordStrengthVerificationService policy;
  private final Extensions extensions;

  /** Called by the component runtime. */
  @Activate
  public KuraIdentities(
      @Reference UserAdmin admin,
      @Reference RoleStore store,
      @Reference PasswordAuthenticator authenticator,
      @Reference PasswordStrengthVerificationService policy,
      @Reference Extensions extensions) {
    identities = new Identities(admin, store);
    this.authenticator = authenticator;
    this.policy = policy;
    this.extensions = extensions;
  }

  @Override
  public synchronized boolean createIdentity(String name) throws KuraException {
    Optional<String> fault = Identities.fault(name);
    if (fault.isPresent()) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, fault.get());
    }
    if (identities.exists(name)) {
      return false;
    }
    end(name); // of one that another bundle removed by UserAdmin
    boolean made = identities.create(name);
    save();
    return made;
  }

  @Override
  public synchronized boolean deleteIdentity(String name) throws KuraException {
    if (identities.exists(name)) {
      end(name);
    }
    boolean deleted = identities.delete(name);
    authenticator.changed(name);
    save();
    return deleted;
  }

  @Override
  public List<IdentityConfiguration> getIdentitiesConfiguration(
      Set<Class<? extends IdentityConfigurationComponent>> parts) throws KuraException {
    List<IdentityConfiguration> all = new ArrayList<>();
    for (String name : identities.names()) {
      all.add(configuration(name, parts));
    }
    return all;
  }

  @Override
  public Optional<IdentityConfiguration> getIdentityConfiguration(
      String name, Set<Class<? extends IdentityConfigurationComponent>> parts)
      throws KuraException {
    return identities.exists(name) ? Optional.of(configuration(name, parts)) : Optional.empty();
  }

  private IdentityConfiguration configuration(
      String name, Set<Class<? extends IdentityConfigurationComponent>> parts)
      throws KuraException {
    List<IdentityConfigurationComponent> found = new ArrayList<>();
    if (parts.contains(PasswordConfiguration.class)) {
      Optional<String> hash = identities.hash(name);
      found.add(
          new PasswordConfiguration(
              identities.changeNeeded(name),
              hash.isPresent(),
              Optional.empty(),
              hash.map(Hash::new)));
    }
    if (parts.contains(AssignedPermissions.class)) {
      found.add(new AssignedPermissions(asPermissions(identities.permissions(name))));
    }
    extensions.add(name, parts, found);
    return new IdentityConfiguration(name, found);
  }

  @Override
  public IdentityConfiguration getIdentityDefaultConfiguration(
      String name, Set<Class<? extends IdentityConfigurationComponent>> parts)
      throws KuraException {
    List<IdentityConfigurationComponent> found = new ArrayList<>();
    if (parts.contains(PasswordConfiguration.class)) {
      found.add(new PasswordConfiguration(false, false, Optional.empty(), Optional.empty()));
    }
    if (parts.contains(AssignedPermissions.class)) {
      found.add(new AssignedPermissions(Set.of()));
    }
    extensions.addDefaults(name, parts, found);
    return new IdentityConfiguration(name, found);
  }

  @Override
  public void validateIdentityConfiguration(IdentityConfiguration wanted) throws KuraException {
    Optional<String> fault = Identities.fault(wanted.getName());
    if (fault.isPresent()) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, fault.get());
    }
    Optional<PasswordConfiguration> password = wanted.getComponent(PasswordConfiguration.class);
    if (password.isPresent() && password.get().isPasswordAuthEnabled()) {
      check(wanted.getName(), password.get());
    }
    Set<String> defined = identities.permissions();
    for (String permission : wantedPermissions(wanted).orElse(Set.of())) {
      if (!defined.contains(permission)) {
        throw new KuraException(
            KuraErrorCode.INVALID_PARAMETER,
            "there is no permission " + permission + "; make it first, or take a defined one");
      }
    }
    extensions.validate(wanted);
  }

  private void check(String name, PasswordConfiguration password) throws KuraException {
    if (password.getNewPassword().isPresent()) {
      policy.checkPasswordStrength(name, password.getNewPassword().get());
    } else if (password.getPasswordHash().isEmpty() && identities.hash(name).isEmpty()) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER,
          name + " has no password; give one, or switch password authentication off");
    }
  }

  @Override
  public synchronized void updateIdentityConfiguration(IdentityConfiguration wanted)
      throws KuraException {
    String name = wanted.getName();
    if (!identities.exists(name)) {
      throw new KuraException(KuraErrorCode.NOT_FOUND, "there is no identity " + name);
    }
    validateIdentityConfiguration(wanted);
    Optional<PasswordConfiguration> password = wanted.getComponent(PasswordConfiguration.class);
    if (password.isPresent()) {
      identities.setChangeNeeded(name, password.get().isPasswordChangeNeeded());
      newHash(password.get()).ifPresent(h -> identities.setHash(name, Optional.of(h)));
      if (!password.get().isPasswordAuthEnabled() && identities.hash(name).isPresent()) {
        end(name);
        identities.setHash(name, Optional.empty());
      }
    }
    wantedPermissions(wanted).ifPresent(p -> identities.setPermissions(name, p));
    extensions.update(wanted);
    authenticator.changed(name);
    save();
  }

  private static Optional<String> newHash(PasswordConfiguration password) {
    Optional<char[]> text = password.getNewPassword();
    if (text.isPresent()) {
      return Optional.of(PasswordHashes.hash(text.get(), PasswordHashes.ITERATIONS));
    }
    return password.getPasswordHash().map(h -> h instanceof Hash own ? own.text() : h.toString());
  }

  private static Optional<Set<String>> wantedPermissions(IdentityConfiguration wanted) {
    return wanted
        .getComponent(AssignedPermissions.class)
        .map(
            a ->
                a.getPermissions().stream()
                    .map(Permission::getName)
                    .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static Set<Permission> asPermissions(Set<String> names) {
    return names.stream().map(Permission::new).collect(Collectors.toSet());
  }

  @Override
  public synchronized boolean createPermission(Permission permission) throws KuraException {
    Optional<String> fault = Identities.fault(permission.getName());
    if (fault.isPresent()) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, fault.get());
    }
    boolean made = identities.createPermission(permission.getName());
    save();
    return made;
  }

  @Override
  public synchronized boolean deletePermission(Permission permission) throws KuraException {
    boolean deleted = identities.deletePermission(permission.getName());
    save();
    return deleted;
  }

  @Override
  public Set<Permission> getPermissions() {
    return asPermissions(identities.permissions());
  }

  @Override
  public PasswordHash computePasswordHash(char[] password) {
    return new Hash(PasswordHashes.hash(password, PasswordHashes.ITERATIONS));
  }

  @Override
  public void checkPassword(String name, char[] password) throws KuraException {
    if (authenticator.authenticate(name, password, "local").caller().isEmpty()) {
      throw new KuraException(KuraErrorCode.SECURITY_EXCEPTION, "name or password is wrong");
    }
  }

  @Override
  public void checkPermission(String name, Permission permission) throws KuraException {
    if (!identities.caller(name).map(c -> c.may(permission.getName())).orElse(false)) {
      throw new KuraException(
          KuraErrorCode.SECURITY_EXCEPTION, name + " lacks " + permission.getName());
    }
  }

  private void end(String name) throws KuraException {
    try {
      authenticator.ended(name);
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.INTERNAL_ERROR, e, "tokens can't be ended");
    }
  }

  private void save() throws KuraException {
    try {
      identities.save();
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.INTERNAL_ERROR, e, "identities can't be written");
    }
  }
}

package org.eclipse.kura.identity;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Makes, changes and checks identities. */
@ProviderType
public interface IdentityService {

  boolean createIdentity(String name) throws KuraException;

  boolean deleteIdentity(String name) throws KuraException;

  List<IdentityConfiguration> getIdentitiesConfiguration(
      Set<Class<? extends IdentityConfigurationComponent>> set) throws KuraException;

  Optional<IdentityConfiguration> getIdentityConfiguration(
      String name, Set<Class<? extends IdentityConfigurationComponent>> set) throws KuraException;

  IdentityConfiguration getIdentityDefaultConfiguration(
      String name, Set<Class<? extends IdentityConfigurationComponent>> set) throws KuraException;

  void validateIdentityConfiguration(IdentityConfiguration identityConfiguration)
      throws KuraException;

  void updateIdentityConfiguration(IdentityConfiguration identityConfiguration)
      throws KuraException;

  boolean createPermission(Permission permission) throws KuraException;

  boolean deletePermission(Permission permission) throws KuraException;

  Set<Permission> getPermissions() throws KuraException;

  PasswordHash computePasswordHash(char[] characters) throws KuraException;

  void checkPassword(String name, char[] characters) throws KuraException;

  void checkPermission(String name, Permission permission) throws KuraException;
}

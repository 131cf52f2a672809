package org.eclipse.kura.identity;

import java.util.Set;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Makes identities that last for a time. */
@ProviderType
public interface TemporaryIdentityService {

  String createTemporaryIdentity(String name, Set<Permission> set) throws KuraException;

  boolean deleteTemporaryIdentity(String name) throws KuraException;

  String validateTemporaryToken(String name) throws KuraException;

  void checkTemporaryPermission(String name, Permission permission) throws KuraException;
}

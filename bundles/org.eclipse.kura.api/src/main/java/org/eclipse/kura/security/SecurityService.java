package org.eclipse.kura.security;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Reloads fingerprints of the security policy. */
@ProviderType
public interface SecurityService {

  void reloadSecurityPolicyFingerprint() throws KuraException;

  void reloadCommandLineFingerprint() throws KuraException;

  boolean isDebugEnabled();

  void applyDefaultProductionSecurityPolicy() throws KuraException;

  void applySecurityPolicy(String name) throws KuraException;
}

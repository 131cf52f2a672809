package org.eclipse.kura.identity;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Checks how strong a password is. */
@ProviderType
public interface PasswordStrengthVerificationService {

  void checkPasswordStrength(char[] characters) throws KuraException;

  PasswordStrengthRequirements getPasswordStrengthRequirements() throws KuraException;

  void checkPasswordStrength(String name, char[] characters) throws KuraException;
}

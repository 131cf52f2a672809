package org.eclipse.kura.identity;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** An identity's password: whether it may be used, must be changed, its hash or the new one. */
@ProviderType
public class PasswordConfiguration implements IdentityConfigurationComponent {

  private final boolean passwordChangeNeeded;
  private final boolean passwordAuthEnabled;
  private final Optional<char[]> newPassword;
  private final Optional<PasswordHash> passwordHash;

  public PasswordConfiguration(
      boolean passwordChangeNeeded,
      boolean passwordAuthEnabled,
      Optional<char[]> newPassword,
      Optional<PasswordHash> passwordHash) {
    this.passwordChangeNeeded = passwordChangeNeeded;
    this.passwordAuthEnabled = passwordAuthEnabled;
    this.newPassword = Objects.requireNonNull(newPassword, "the new password must not be null");
    this.passwordHash = Objects.requireNonNull(passwordHash, "the hash must not be null");
  }

  public boolean isPasswordChangeNeeded() {
    return passwordChangeNeeded;
  }

  public boolean isPasswordAuthEnabled() {
    return passwordAuthEnabled;
  }

  public Optional<PasswordHash> getPasswordHash() {
    return passwordHash;
  }

  public Optional<char[]> getNewPassword() {
    return newPassword;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        passwordChangeNeeded,
        passwordAuthEnabled,
        passwordHash,
        Arrays.hashCode(newPassword.orElse(null)));
  }

  @Override
  public boolean equals(Object object) {
    if (this == object) {
      return true;
    }
    if (object == null || getClass() != object.getClass()) {
      return false;
    }
    PasswordConfiguration other = (PasswordConfiguration) object;
    return passwordChangeNeeded == other.passwordChangeNeeded
        && passwordAuthEnabled == other.passwordAuthEnabled
        && passwordHash.equals(other.passwordHash)
        && Arrays.equals(newPassword.orElse(null), other.newPassword.orElse(null));
  }
}

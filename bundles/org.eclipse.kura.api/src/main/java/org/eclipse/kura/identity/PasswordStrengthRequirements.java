package org.eclipse.kura.identity;

import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/** What a password must have. */
@ProviderType
public class PasswordStrengthRequirements {

  private final int passwordMinimumLength;
  private final boolean digitsRequired;
  private final boolean specialCharactersRequired;
  private final boolean bothCasesRequired;

  public PasswordStrengthRequirements(
      int passwordMinimumLength,
      boolean digitsRequired,
      boolean specialCharactersRequired,
      boolean bothCasesRequired) {
    this.passwordMinimumLength = passwordMinimumLength;
    this.digitsRequired = digitsRequired;
    this.specialCharactersRequired = specialCharactersRequired;
    this.bothCasesRequired = bothCasesRequired;
  }

  public int getPasswordMinimumLength() {
    return passwordMinimumLength;
  }

  public boolean digitsRequired() {
    return digitsRequired;
  }

  public boolean specialCharactersRequired() {
    return specialCharactersRequired;
  }

  public boolean bothCasesRequired() {
    return bothCasesRequired;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        passwordMinimumLength, digitsRequired, specialCharactersRequired, bothCasesRequired);
  }

  @Override
  public boolean equals(Object value) {
    if (this == value) {
      return true;
    }
    if (value == null || getClass() != value.getClass()) {
      return false;
    }
    PasswordStrengthRequirements other = (PasswordStrengthRequirements) value;
    return Objects.equals(passwordMinimumLength, other.passwordMinimumLength)
        && Objects.equals(digitsRequired, other.digitsRequired)
        && Objects.equals(specialCharactersRequired, other.specialCharactersRequired)
        && Objects.equals(bothCasesRequired, other.bothCasesRequired);
  }
}

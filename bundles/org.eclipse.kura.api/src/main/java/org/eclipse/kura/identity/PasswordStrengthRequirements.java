package org.eclipse.kura.identity;

import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/** What a password must have. */
@ProviderType
public class PasswordStrengthRequirements {

  private int passwordMinimumLength;
  private boolean digitsRequired;
  private boolean specialCharactersRequired;
  private boolean bothCasesRequired;

  public PasswordStrengthRequirements(int number, boolean flag, boolean flag2, boolean flag3) {
    this.passwordMinimumLength = number;
    this.digitsRequired = flag;
    this.specialCharactersRequired = flag2;
    this.bothCasesRequired = flag3;
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

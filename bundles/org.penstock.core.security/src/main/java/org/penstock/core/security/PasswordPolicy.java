package org.penstock.core.security;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.identity.PasswordStrengthRequirements;
import org.eclipse.kura.identity.PasswordStrengthVerificationService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** What a new password must have. */
@Component(
    name = PasswordPolicyConfig.PID,
    service = {PasswordStrengthVerificationService.class, ConfigurableComponent.class},
    property = "kura.service.pid=" + PasswordPolicyConfig.PID)
@Designate(ocd = PasswordPolicyConfig.class)
public final class PasswordPolicy
    implements PasswordStrengthVerificationService, ConfigurableComponent {

  private static final int LONGEST = 255;

  private final AtomicReference<PasswordStrengthRequirements> requirements =
      new AtomicReference<>();

  /** Called by the component runtime. */
  @Activate
  public PasswordPolicy(PasswordPolicyConfig config) {
    updated(config, Map.of());
  }

  /** Called by the component runtime. */
  @Modified
  public void updated(PasswordPolicyConfig config, Map<String, Object> properties) {
    requirements.set(
        new PasswordStrengthRequirements(
            config.minimum_length(),
            config.digits_required(),
            config.special_characters_required(),
            config.both_cases_required()));
  }

  @Override
  public void checkPasswordStrength(char[] password) throws KuraException {
    Optional<String> fault = fault(requirements.get(), password);
    if (fault.isPresent()) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, fault.get());
    }
  }

  @Override
  public void checkPasswordStrength(String name, char[] password) throws KuraException {
    checkPasswordStrength(password);
    if (new String(password).equalsIgnoreCase(name)) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER, "the new password must differ from the name");
    }
  }

  @Override
  public PasswordStrengthRequirements getPasswordStrengthRequirements() {
    return requirements.get();
  }

  private static Optional<String> fault(PasswordStrengthRequirements wanted, char[] password) {
    String text = new String(password);
    if (text.length() < wanted.getPasswordMinimumLength() || text.length() > LONGEST) {
      return Optional.of(
          "the new password must have "
              + wanted.getPasswordMinimumLength()
              + " to "
              + LONGEST
              + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("the new password must hold no control characters");
    }
    if (wanted.digitsRequired() && text.chars().noneMatch(Character::isDigit)) {
      return Optional.of("the new password must hold a digit");
    }
    if (wanted.specialCharactersRequired() && text.chars().allMatch(Character::isLetterOrDigit)) {
      return Optional.of("the new password must hold a special character");
    }
    boolean bothCases =
        text.chars().anyMatch(Character::isUpperCase)
            && text.chars().anyMatch(Character::isLowerCase);
    return wanted.bothCasesRequired() && !bothCases
        ? Optional.of("the new password must hold capital and small letters")
        : Optional.empty();
  }
}

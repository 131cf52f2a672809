package org.eclipse.kura.util.validation;

import java.util.ArrayList;
import java.util.List;

/** Makes the checks of a new password. */
public class PasswordStrengthValidators {

  private PasswordStrengthValidators() {}

  public static List<Validator<String>> fromConfig(ValidatorOptions options) {
    return fromConfig(options, new English());
  }

  public static List<Validator<String>> fromConfig(ValidatorOptions options, Messages messages) {
    List<Validator<String>> validators = new ArrayList<>();
    int length = options.isPasswordMinimumLength();
    if (length > 0) {
      validators.add(
          new PredicateValidator(v -> v.length() >= length, messages.pwdStrengthMinLength(length)));
    }
    if (options.isPasswordRequireDigits()) {
      validators.add(
          new PredicateValidator(
              v -> v.chars().anyMatch(Character::isDigit), messages.pwdStrengthDigitsRequired()));
    }
    if (options.isPasswordRequireSpecialChars()) {
      validators.add(
          new PredicateValidator(
              v -> !v.chars().allMatch(Character::isLetterOrDigit),
              messages.pwdStrengthNonAlphanumericRequired()));
    }
    if (options.isPasswordRequireBothCases()) {
      validators.add(
          new PredicateValidator(
              v ->
                  v.chars().anyMatch(Character::isUpperCase)
                      && v.chars().anyMatch(Character::isLowerCase),
              messages.pwdStrengthBothCasesRequired()));
    }
    return validators;
  }

  private static final class English implements Messages {

    @Override
    public String pwdStrengthDigitsRequired() {
      return "The password must contain a digit";
    }

    @Override
    public String pwdStrengthNonAlphanumericRequired() {
      return "The password must contain a character that is neither letter nor digit";
    }

    @Override
    public String pwdStrengthBothCasesRequired() {
      return "The password must contain a capital and a small letter";
    }

    @Override
    public String pwdStrengthMinLength(int length) {
      return "The password must have at least " + length + " characters";
    }
  }

  /** What to say of a weak password. */
  public interface Messages {

    String pwdStrengthDigitsRequired();

    String pwdStrengthNonAlphanumericRequired();

    String pwdStrengthBothCasesRequired();

    String pwdStrengthMinLength(int length);
  }
}

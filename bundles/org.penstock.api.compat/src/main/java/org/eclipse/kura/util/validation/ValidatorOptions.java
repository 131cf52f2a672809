package org.eclipse.kura.util.validation;

import java.util.Map;

/** How strong a password must be. */
public class ValidatorOptions {

  private static final String MINIMUM_LENGTH = "new.password.min.length";
  private static final String DIGITS = "new.password.require.digits";
  private static final String SPECIAL = "new.password.require.special.characters";
  private static final String BOTH_CASES = "new.password.require.both.cases";
  private static final int DEFAULT_LENGTH = 8;

  private final int minimumLength;
  private final boolean requireDigits;
  private final boolean requireBothCases;
  private final boolean requireSpecialChars;

  public ValidatorOptions(
      int minimumLength,
      boolean requireDigits,
      boolean requireBothCases,
      boolean requireSpecialChars) {
    this.minimumLength = minimumLength;
    this.requireDigits = requireDigits;
    this.requireBothCases = requireBothCases;
    this.requireSpecialChars = requireSpecialChars;
  }

  /** Reads the properties of the console's component. */
  public ValidatorOptions(Map<String, Object> properties) {
    this(
        properties.get(MINIMUM_LENGTH) instanceof Integer length ? length : DEFAULT_LENGTH,
        Boolean.TRUE.equals(properties.get(DIGITS)),
        Boolean.TRUE.equals(properties.get(BOTH_CASES)),
        Boolean.TRUE.equals(properties.get(SPECIAL)));
  }

  public int isPasswordMinimumLength() {
    return minimumLength;
  }

  public boolean isPasswordRequireDigits() {
    return requireDigits;
  }

  public boolean isPasswordRequireBothCases() {
    return requireBothCases;
  }

  public boolean isPasswordRequireSpecialChars() {
    return requireSpecialChars;
  }
}

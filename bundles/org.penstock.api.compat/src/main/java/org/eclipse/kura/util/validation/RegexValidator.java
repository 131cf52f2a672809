package org.eclipse.kura.util.validation;

import java.util.regex.Pattern;

/** Refuses texts that do not match a regular expression as a whole. */
public class RegexValidator extends PredicateValidator {

  public RegexValidator(String pattern, String message) {
    super(Pattern.compile(pattern).asMatchPredicate(), message);
  }
}

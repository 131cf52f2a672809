package org.penstock.core.security;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the password policy. */
@ObjectClassDefinition(
    id = PasswordPolicyConfig.PID,
    name = "Passwords",
    description = "What a new password must have.")
@interface PasswordPolicyConfig {

  /** The pid. */
  String PID = "org.penstock.core.security.PasswordPolicy";

  @AttributeDefinition(name = "Shortest length", description = "Characters", min = "8", max = "64")
  int minimum_length() default 8;

  @AttributeDefinition(name = "Digit", description = "At least one digit")
  boolean digits_required() default false;

  @AttributeDefinition(
      name = "Special character",
      description = "At least one that is neither letter nor digit")
  boolean special_characters_required() default false;

  @AttributeDefinition(name = "Both cases", description = "Capital and small letters")
  boolean both_cases_required() default false;
}

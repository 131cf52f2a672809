package org.eclipse.kura.configuration.metatype;

/** Types of attributes. */
public enum Scalar {
  STRING("String"),
  LONG("Long"),
  DOUBLE("Double"),
  FLOAT("Float"),
  INTEGER("Integer"),
  BYTE("Byte"),
  CHAR("Char"),
  BOOLEAN("Boolean"),
  SHORT("Short"),
  PASSWORD("Password");

  private final String value;

  Scalar(String value) {
    this.value = value;
  }

  public String value() {
    return value;
  }

  public static Scalar fromValue(String text) {
    for (Scalar candidate : values()) {
      if (candidate.value.equals(text)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no Scalar: " + text);
  }
}

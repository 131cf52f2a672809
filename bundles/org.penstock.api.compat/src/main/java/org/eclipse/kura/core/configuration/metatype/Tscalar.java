package org.eclipse.kura.core.configuration.metatype;

/** The type of an attribute, by the name that metatype documents use. */
public enum Tscalar {
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

  Tscalar(String value) {
    this.value = value;
  }

  /** The name in documents. */
  public String value() {
    return value;
  }

  /** The type of that name in documents; another name is an IllegalArgumentException. */
  public static Tscalar fromValue(String name) {
    for (Tscalar scalar : values()) {
      if (scalar.value.equals(name)) {
        return scalar;
      }
    }
    throw new IllegalArgumentException(name);
  }
}

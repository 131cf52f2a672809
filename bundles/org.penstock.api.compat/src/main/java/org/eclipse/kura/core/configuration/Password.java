package org.eclipse.kura.core.configuration;

/** The old name of {@link org.eclipse.kura.configuration.Password}; keeps its characters by reference. */
@Deprecated
public class Password {

  private final char[] value;

  public Password(String password) {
    this.value = password == null ? null : password.toCharArray();
  }

  public Password(char[] password) {
    this.value = password;
  }

  public char[] getPassword() {
    return value;
  }

  @Override
  public String toString() {
    return new String(value);
  }
}

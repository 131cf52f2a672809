package org.eclipse.kura.configuration;

import org.osgi.annotation.versioning.ProviderType;

/** A secret among the properties of a component. */
@ProviderType
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

package org.eclipse.kura.core.configuration;

/** The legacy name of a secret among properties. */
@Deprecated
public class Password {
  private char[] password;

  public Password(java.lang.String a0) {}

  public Password(char[] a0) {
    this.password = a0;
  }

  public char[] getPassword() {
    return this.password;
  }

  public java.lang.String toString() {
    return "Password [" + "password=" + this.password + "]";
  }
}

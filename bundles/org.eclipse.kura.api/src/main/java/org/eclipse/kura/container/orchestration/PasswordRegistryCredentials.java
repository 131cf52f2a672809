package org.eclipse.kura.container.orchestration;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.kura.configuration.Password;

/** A user name and a password for a registry of images. */
public class PasswordRegistryCredentials implements RegistryCredentials {

  private final Optional<String> url;
  private final String username;
  private final Password password;

  public PasswordRegistryCredentials(Optional<String> url, String username, Password password) {
    this.url = Objects.requireNonNull(url, "the url must not be null");
    this.username = Objects.requireNonNull(username, "the user name must not be null");
    this.password = Objects.requireNonNull(password, "the password must not be null");
  }

  public Optional<String> getUrl() {
    return url;
  }

  public String getUsername() {
    return username;
  }

  public Password getPassword() {
    return password;
  }

  @Override
  public int hashCode() {
    return Objects.hash(url, username, Arrays.hashCode(password.getPassword()));
  }

  @Override
  public boolean equals(Object object) {
    if (this == object) {
      return true;
    }
    if (object == null || getClass() != object.getClass()) {
      return false;
    }
    PasswordRegistryCredentials other = (PasswordRegistryCredentials) object;
    return url.equals(other.url)
        && username.equals(other.username)
        && Arrays.equals(password.getPassword(), other.password.getPassword());
  }
}

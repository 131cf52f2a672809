package org.penstock.api.deployment;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A file to be fetched before it is installed.
 *
 * @param uri https, or http to hosts that the configuration allows
 * @param target where the file is put when it is complete
 * @param hash {@code ALGORITHM:hexadecimal}, for example {@code SHA-256:ab12...}
 * @param user for basic authentication
 * @param password for basic authentication; the caller keeps it
 * @param resume goes on where an interrupted download of the same file ended
 * @param timeout for connecting and between two blocks
 * @param blockBytes read and reported at once
 * @param blockDelay pause after each block
 */
public record Download(
    URI uri,
    Path target,
    Optional<String> hash,
    Optional<String> user,
    char[] password,
    boolean resume,
    Duration timeout,
    int blockBytes,
    Duration blockDelay) {

  /** Blocks of 64 KiB, time-out of 30 s, no resume. */
  public static Download of(URI uri, Path target) {
    return new Download(
        uri,
        target,
        Optional.empty(),
        Optional.empty(),
        new char[0],
        false,
        Duration.ofSeconds(30),
        64 << 10,
        Duration.ZERO);
  }

  public Download {
    password = password.clone();
  }

  @Override
  public char[] password() {
    return password.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Download d
        && uri.equals(d.uri)
        && target.equals(d.target)
        && hash.equals(d.hash)
        && user.equals(d.user)
        && Arrays.equals(password, d.password);
  }

  @Override
  public int hashCode() {
    return uri.hashCode() * 31 + target.hashCode();
  }

  @Override
  public String toString() {
    return uri + " to " + target; // without the password
  }
}

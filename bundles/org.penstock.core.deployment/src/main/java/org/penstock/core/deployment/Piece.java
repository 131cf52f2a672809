package org.penstock.core.deployment;

import java.nio.file.Path;

/**
 * One bundle to be installed.
 *
 * @param path its name in the package, or the file's
 * @param symbolicName of the bundle
 * @param version of the bundle
 * @param sha256 of the jar
 * @param content the jar, in the folder where the whole is staged
 */
record Piece(String path, String symbolicName, String version, String sha256, Path content) {

  @Override
  public boolean equals(Object other) {
    return other instanceof Piece p && path.equals(p.path) && sha256.equals(p.sha256);
  }

  @Override
  public int hashCode() {
    return sha256.hashCode();
  }

  @Override
  public String toString() {
    return symbolicName + " " + version + " of " + sha256;
  }
}

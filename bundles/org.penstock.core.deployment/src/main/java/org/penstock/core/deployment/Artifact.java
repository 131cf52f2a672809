package org.penstock.core.deployment;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A file that is to be installed, read and checked as far as that goes without the framework.
 *
 * @param file its name, for messages
 * @param name symbolic name of the bundle or of the package
 * @param version as written
 * @param isPackage false for a bundle by itself
 * @param sha256 of the whole
 * @param content the whole, in the folder where it is staged
 * @param pieces the bundles in it, in order
 * @param facts what the package says beyond that
 * @param chain certificates of who signed the whole, the signer's first; empty when unsigned
 */
record Artifact(
    String file,
    String name,
    String version,
    boolean isPackage,
    String sha256,
    Path content,
    List<Piece> pieces,
    Facts facts,
    List<X509Certificate> chain) {

  Artifact {
    pieces = List.copyOf(pieces);
    chain = List.copyOf(chain);
  }

  String signer() {
    return chain.isEmpty() ? "" : chain.get(0).getSubjectX500Principal().getName();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Artifact a && sha256.equals(a.sha256);
  }

  @Override
  public int hashCode() {
    return sha256.hashCode();
  }

  @Override
  public String toString() {
    return file + ": " + name + " " + version;
  }
}

package org.penstock.api.deployment;

import java.util.List;

/**
 * Something that was installed as a whole and is removed as a whole: a bundle by itself, or a
 * deployment package.
 *
 * @param name symbolic name of the bundle or of the package
 * @param version as written in the manifest
 * @param isPackage false for a bundle by itself
 * @param sha256 of the file, hexadecimal
 * @param signer subject of the certificate that signed the whole, empty when it is not signed
 * @param since when, in milliseconds of the epoch
 * @param origin who, and from where
 * @param parts its bundles
 */
public record Installed(
    String name,
    String version,
    boolean isPackage,
    String sha256,
    String signer,
    long since,
    Origin origin,
    List<Part> parts) {

  public Installed {
    parts = List.copyOf(parts);
  }
}

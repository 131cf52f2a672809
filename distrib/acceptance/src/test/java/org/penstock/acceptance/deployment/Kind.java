package org.penstock.acceptance.deployment;

import java.util.Locale;
import org.penstock.acceptance.product.PackageJar;

/** What a fault comes in: something new, or an update of what is installed. */
enum Kind {
  BUNDLE,
  PACKAGE,
  BUNDLE_UPDATE,
  PACKAGE_UPDATE;

  boolean isPackage() {
    return this == PACKAGE || this == PACKAGE_UPDATE;
  }

  boolean isUpdate() {
    return this == BUNDLE_UPDATE || this == PACKAGE_UPDATE;
  }

  /** Name of what is installed as a whole. */
  String unit(String fixture) {
    String updated = isPackage() ? fixture + "s" : fixture;
    return isUpdate() ? updated : isPackage() ? "bad.package" : "bad.one";
  }

  /** Name of the bundle of it that is bad. */
  String bundle(String fixture) {
    String updated = isPackage() ? fixture + ".part" : fixture;
    return isUpdate() ? updated : "bad.one";
  }

  /** Name of the file that brings it. */
  String file() {
    return isPackage() ? "bad.dp" : "bad.jar";
  }

  /** The file: the bundle itself, or a package with it. */
  byte[] file(String fixture, String version, byte[] jar) {
    return file(fixture, bundle(fixture), version, jar);
  }

  /** The same for a bundle of another name. */
  byte[] file(String fixture, String bundle, String version, byte[] jar) {
    return isPackage()
        ? new PackageJar(unit(fixture), version).bundle(bundle, version, jar).bytes()
        : jar;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}

package org.eclipse.kura.system;

/** Kinds of installed things. */
public enum SystemResourceType {
  BUNDLE,
  DP,
  RPM,
  DEB,
  DOCKER,
  CONTAINER_IMAGE,
  APK,
  UNKNOWN;
}

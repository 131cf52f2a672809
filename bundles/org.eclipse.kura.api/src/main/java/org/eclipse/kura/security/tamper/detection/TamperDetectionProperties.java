package org.eclipse.kura.security.tamper.detection;

import org.osgi.annotation.versioning.ProviderType;

/** Property names of tamper states. */
@ProviderType
public enum TamperDetectionProperties {
  TIMESTAMP_PROPERTY_KEY("timestamp");

  private final String value;

  TamperDetectionProperties(String value) {
    this.value = value;
  }

  public String getValue() {
    return value;
  }
}

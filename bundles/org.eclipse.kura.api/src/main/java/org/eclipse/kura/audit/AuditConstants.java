package org.eclipse.kura.audit;

import org.osgi.annotation.versioning.ProviderType;

/** Keys and values of audit contexts. */
@ProviderType
public enum AuditConstants {
  KEY_ENTRY_POINT("entrypoint"),
  KEY_IP("ip"),
  KEY_IDENTITY("identity"),
  ENTRY_POINT_INTERNAL("Internal");

  private final String value;

  AuditConstants(String value) {
    this.value = value;
  }

  public String getValue() {
    return value;
  }
}

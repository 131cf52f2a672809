package org.eclipse.kura.security.tamper.detection;

import java.util.Map;
import org.eclipse.kura.type.TypedValue;
import org.osgi.annotation.versioning.ProviderType;

/** Whether the device was tampered with. */
@ProviderType
public class TamperStatus {

  private final boolean deviceTampered;
  private final Map<String, TypedValue<?>> properties;

  public TamperStatus(boolean deviceTampered, Map<String, TypedValue<?>> properties) {
    this.deviceTampered = deviceTampered;
    this.properties = properties;
  }

  public boolean isDeviceTampered() {
    return deviceTampered;
  }

  public Map<String, TypedValue<?>> getProperties() {
    return properties;
  }
}

package org.eclipse.kura.gpio;

import java.util.Map;

/** Describes a pin. */
public class KuraGPIODescription {

  private Map<String, String> properties;
  private String displayName;

  public static final String DISPLAY_NAME_PROPERTY = "display.name";

  public KuraGPIODescription(Map<String, String> properties) {
    this.properties = properties;
  }

  public Map<String, String> getProperties() {
    return properties;
  }

  public String getDisplayName() {
    return displayName;
  }
}

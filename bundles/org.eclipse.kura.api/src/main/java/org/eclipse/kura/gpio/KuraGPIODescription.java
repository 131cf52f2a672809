package org.eclipse.kura.gpio;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** Describes a pin. */
public class KuraGPIODescription {

  private final Map<String, String> properties;

  public static final String DISPLAY_NAME_PROPERTY = "display.name";

  public KuraGPIODescription(Map<String, String> properties) {
    this.properties = requireNonNull(properties, "the properties must not be null");
  }

  public Map<String, String> getProperties() {
    return properties;
  }

  public String getDisplayName() {
    return properties.get(DISPLAY_NAME_PROPERTY);
  }
}

package org.eclipse.kura.position;

/** Satellite systems. */
public enum GNSSType {
  UNKNOWN("Unknown"),
  OTHER("Other"),
  BEIDOU("Beidou"),
  GALILEO("Galileo"),
  GLONASS("Glonass"),
  GPS("Gps"),
  IRNSS("IRNSS"),
  QZSS("QZSS");

  private final String value;

  GNSSType(String value) {
    this.value = value;
  }

  public String getValue() {
    return value;
  }

  public static GNSSType fromValue(String text) {
    for (GNSSType candidate : values()) {
      if (candidate.value.equals(text)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no GNSSType: " + text);
  }
}

package org.eclipse.kura.channel;

/** The type in which scale and offset are computed. */
public enum ScaleOffsetType {
  DEFINED_BY_VALUE_TYPE,
  FLOAT,
  DOUBLE,
  INTEGER,
  LONG;

  public static ScaleOffsetType getScaleOffsetType(String text) {
    for (ScaleOffsetType candidate : values()) {
      if (candidate.name().equalsIgnoreCase(text)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no ScaleOffsetType: " + text);
  }
}

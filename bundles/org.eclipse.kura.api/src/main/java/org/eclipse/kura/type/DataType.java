package org.eclipse.kura.type;

/** Types of values. */
public enum DataType {
  BOOLEAN,
  BYTE_ARRAY,
  DOUBLE,
  INTEGER,
  LONG,
  FLOAT,
  STRING;

  public static DataType getDataType(String text) {
    for (DataType candidate : values()) {
      if (candidate.name().equalsIgnoreCase(text)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no DataType: " + text);
  }
}

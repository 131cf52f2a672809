package org.eclipse.kura.cloud;

/** Forms in which payloads are sent. */
public enum CloudPayloadEncoding {
  KURA_PROTOBUF,
  SIMPLE_JSON;

  public static CloudPayloadEncoding getEncoding(String encoding) {
    for (CloudPayloadEncoding candidate : values()) {
      if (candidate.name().replace('_', '-').equalsIgnoreCase(encoding)
          || candidate.name().equalsIgnoreCase(encoding)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("unknown payload encoding: " + encoding);
  }
}

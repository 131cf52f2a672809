package org.penstock.cloud.connection.codec;

import java.util.Optional;

/** The data types of Sparkplug B that a channel can have, and those of commands that fit one. */
public enum SparkplugType {
  /** 8 bits with sign. */
  INT8(1),
  /** 16 bits with sign. */
  INT16(2),
  /** 32 bits with sign. */
  INT32(3),
  /** 64 bits with sign. */
  INT64(4),
  /** 8 bits. */
  UINT8(5),
  /** 16 bits. */
  UINT16(6),
  /** 32 bits. */
  UINT32(7),
  /** 64 bits. */
  UINT64(8),
  /** IEEE 754, 32 bits. */
  FLOAT(9),
  /** IEEE 754, 64 bits. */
  DOUBLE(10),
  /** True or false. */
  BOOLEAN(11),
  /** Text. */
  STRING(12),
  /** Milliseconds since 1970. */
  DATE_TIME(13),
  /** Text. */
  TEXT(14),
  /** Bytes as they are. */
  BYTES(17);

  private final int code;

  SparkplugType(int code) {
    this.code = code;
  }

  /** The number in payloads. */
  public int code() {
    return code;
  }

  /** The type of that number; empty for those that no channel has. */
  public static Optional<SparkplugType> of(int code) {
    for (SparkplugType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The type of a channel's value; what is none of them goes as text. */
  public static SparkplugType of(Object value) {
    if (value instanceof Boolean) {
      return BOOLEAN;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return INT32;
    }
    if (value instanceof Long) {
      return INT64;
    }
    if (value instanceof Float) {
      return FLOAT;
    }
    if (value instanceof Double) {
      return DOUBLE;
    }
    return value instanceof byte[] ? BYTES : STRING;
  }
}

package org.penstock.driver.zigbee2mqtt.codec;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.type.DataType;

/**
 * One value of a device, as Zigbee2MQTT describes it in the {@code exposes} of {@code bridge/devices}.
 *
 * @param path key in the device's JSON; parts of a composite are joined by a dot: {@code color.x}
 * @param kind what it holds
 * @param access bits: 1 published by the device, 2 can be set, 4 can be asked for
 * @param on of a binary: what it sends for true
 * @param off of a binary: what it sends for false
 * @param values of an enum: what it can be; otherwise empty
 * @param min of a number: the least, when it has one
 * @param max of a number: the greatest, when it has one
 * @param unit as Zigbee2MQTT writes it; may be empty
 */
public record Exposed(
    String path,
    Kind kind,
    int access,
    String on,
    String off,
    List<String> values,
    Optional<BigDecimal> min,
    Optional<BigDecimal> max,
    String unit) {

  /** What a value holds. */
  public enum Kind {
    /** One of two values. */
    BINARY,
    /** A number. */
    NUMERIC,
    /** One of some texts. */
    ENUM,
    /** Any text. */
    TEXT,
    /** Something that is only known by what the device sends. */
    ANY
  }

  private static final int PUBLISHED = 1;
  private static final int SETTABLE = 2;
  private static final int GETTABLE = 4;

  public Exposed {
    values = List.copyOf(values);
  }

  /** A value that no definition describes, as devices send that Zigbee2MQTT does not know. */
  static Exposed unknown(String path) {
    return new Exposed(
        path,
        Kind.ANY,
        PUBLISHED | SETTABLE,
        "ON",
        "OFF",
        List.of(),
        Optional.empty(),
        Optional.empty(),
        "");
  }

  /** Whether the device sends it. */
  public boolean published() {
    return (access & PUBLISHED) != 0;
  }

  /** Whether it can be written. */
  public boolean settable() {
    return (access & SETTABLE) != 0;
  }

  /** Whether it can be asked for. */
  public boolean gettable() {
    return (access & GETTABLE) != 0;
  }

  /** The type of value that fits best. */
  public DataType type() {
    return switch (kind) {
      case BINARY -> DataType.BOOLEAN;
      case NUMERIC -> DataType.DOUBLE;
      case ENUM, TEXT, ANY -> DataType.STRING;
    };
  }
}

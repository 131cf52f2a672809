package org.penstock.api.driver;

import java.util.Objects;

/**
 * How far a value can be trusted.
 *
 * @param level good, uncertain or bad
 * @param reason why it is not good, in words; empty when good
 */
public record Quality(Level level, String reason) {

  /** Trust in a value, from best to worst. */
  public enum Level {
    /** Read from the device as asked. */
    GOOD,
    /** A value is there, but it is old, substituted or out of the sensor's range. */
    UNCERTAIN,
    /** There is no usable value. */
    BAD
  }

  /** A value without doubt. */
  public static final Quality GOOD = new Quality(Level.GOOD, "");

  public Quality {
    Objects.requireNonNull(level);
    Objects.requireNonNull(reason);
  }

  /** A usable value with a doubt. */
  public static Quality uncertain(String reason) {
    return new Quality(Level.UNCERTAIN, reason);
  }

  /** No usable value. */
  public static Quality bad(String reason) {
    return new Quality(Level.BAD, reason);
  }
}

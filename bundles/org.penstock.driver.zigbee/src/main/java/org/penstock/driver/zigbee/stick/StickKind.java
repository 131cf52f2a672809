package org.penstock.driver.zigbee.stick;

import java.util.Locale;

/** What firmware a stick has; {@link #AUTO} asks it. */
public enum StickKind {
  AUTO,
  ZNP,
  EZSP;

  /**
   * By its name in the configuration.
   *
   * @throws IllegalArgumentException names those that there are
   */
  public static StickKind parse(String text) {
    try {
      return valueOf(text.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException none) {
      throw new IllegalArgumentException("stick '" + text + "' must be auto, znp or ezsp", none);
    }
  }
}

package org.penstock.driver.zigbee2mqtt.codec;

import java.util.Optional;
import java.util.Set;

/**
 * What a topic below the base topic is about.
 *
 * @param name the device's friendly name, which may itself hold "/"
 * @param part what follows the name: empty for its state, {@code availability}, {@code set}, ...
 */
public record DeviceTopic(String name, String part) {

  /**
   * Finds the device of a topic: the longest known name that fits.
   *
   * @param rest the topic without the base topic and its "/"
   */
  public static Optional<DeviceTopic> of(String rest, Set<String> names) {
    if (names.contains(rest)) {
      return Optional.of(new DeviceTopic(rest, ""));
    }
    for (int slash = rest.lastIndexOf('/'); slash > 0; slash = rest.lastIndexOf('/', slash - 1)) {
      String name = rest.substring(0, slash);
      if (names.contains(name)) {
        return Optional.of(new DeviceTopic(name, rest.substring(slash + 1)));
      }
    }
    return Optional.empty();
  }
}

package org.penstock.driver.zigbee2mqtt;

import java.util.Locale;
import org.eclipse.kura.type.DataType;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.kit.ChannelSettings;

/**
 * A channel's address, parsed once. Grammar:
 *
 * <pre>
 * device   = IEEE address | friendly name    0x and 16 hexadecimal digits, or as Zigbee2MQTT shows it
 * property = key { "." key }                 as in the device's "exposes": temperature, state_l1, color.x
 * </pre>
 *
 * @param device IEEE address in lower case, or a friendly name
 * @param property path of the value
 * @param type of the value that the asset expects
 */
record ZigbeeChannel(String device, String property, DataType type) {

  /** Attribute: which device. */
  static final String DEVICE = "device";

  /** Attribute: which of its values. */
  static final String PROPERTY = "property";

  private static final String IEEE = "(?i)0x[0-9a-f]{16}";
  private static final String PATH = "[^.#+/\\s]+(\\.[^.#+/\\s]+)*";

  /**
   * Parses a channel's settings.
   *
   * @throws DriverException of kind CONFIGURATION that says what would be right
   */
  static ZigbeeChannel of(ChannelSettings settings) throws DriverException {
    String device = settings.text(DEVICE);
    if (device.contains("#") || device.contains("+")) {
      throw settings.fault(
          DEVICE, "is '%s', must be an IEEE address (0x...) or a name".formatted(device));
    }
    String property = settings.text(PROPERTY);
    if (!property.matches(PATH)) {
      throw settings.fault(
          PROPERTY, "is '%s', must be a key, or keys joined by dots".formatted(property));
    }
    return new ZigbeeChannel(
        device.matches(IEEE) ? device.toLowerCase(Locale.ROOT) : device,
        property,
        settings.valueType());
  }
}

package org.penstock.driver.zigbee;

import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.type.DataType;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.kit.ChannelAttribute;
import org.penstock.driver.kit.ChannelAttributes;
import org.penstock.driver.kit.ChannelSettings;
import org.penstock.driver.zigbee.codec.ZclFrame;
import org.penstock.driver.zigbee.device.Attribute;
import org.penstock.driver.zigbee.device.Ieee;

/**
 * A channel's address, parsed once. Grammar:
 *
 * <pre>
 * device       = IEEE address | "group:" number   0x and 16 hexadecimal digits; groups are written only
 * endpoint     = 1 .. 240
 * cluster      = 0 .. 65535                       decimal, or hexadecimal with 0x
 * attribute    = 0 .. 65535
 * manufacturer = 0 .. 65534 | none
 * command      = 0 .. 255 | none                  a write sends this command of the cluster
 * </pre>
 *
 * @param ieee the device; 0 for a group
 * @param group its number; -1 for a device
 * @param attribute which value
 * @param command -1 for none
 * @param scale value of the channel = value of the attribute * scale
 * @param reporting how the device is to report it; null when it is not told to
 * @param type of the value that the asset expects
 */
record ZigbeeChannel(
    long ieee,
    int group,
    Attribute attribute,
    int command,
    double scale,
    Reporting reporting,
    DataType type) {

  static final String DEVICE = "device";
  static final String ENDPOINT = "endpoint";
  static final String CLUSTER = "cluster";
  static final String ATTRIBUTE = "attribute";
  static final String MANUFACTURER = "manufacturer";
  static final String COMMAND = "command";
  static final String SCALE = "scale";
  static final String REPORT_MIN = "report.min.s";
  static final String REPORT_MAX = "report.max.s";
  static final String REPORT_CHANGE = "report.change";

  private static final String GROUP = "group:";
  private static final int NONE = -1;

  /**
   * How a device reports.
   *
   * @param min seconds between two reports at least
   * @param max seconds between two reports at most
   * @param change of the attribute's own number that is worth a report
   */
  record Reporting(int min, int max, long change) {}

  static ChannelDescriptor descriptor() {
    return ChannelAttributes.descriptor(
        ChannelAttribute.text(DEVICE, "Device", "IEEE address, 0x and 16 digits, or group:NUMBER"),
        ChannelAttribute.integer(ENDPOINT, "Endpoint", "Of the device", 1, 240).withDefault(1),
        ChannelAttribute.text(CLUSTER, "Cluster", "Number; 0x0402 is temperature, 0x0006 on/off"),
        ChannelAttribute.text(ATTRIBUTE, "Attribute", "Number within the cluster").withDefault("0"),
        ChannelAttribute.text(
                MANUFACTURER, "Manufacturer", "Code of a manufacturer's own attribute")
            .optional(),
        ChannelAttribute.text(
                COMMAND, "Command", "Number that a write sends instead; value: payload")
            .optional(),
        ChannelAttribute.text(SCALE, "Scale", "The attribute's number times this is the value")
            .withDefault("1"),
        ChannelAttribute.integer(REPORT_MIN, "Report at least after", "Seconds", 0, 65534)
            .withDefault(1),
        ChannelAttribute.integer(
                REPORT_MAX, "Report at most after", "Seconds; 0: don't tell the device", 0, 65534)
            .withDefault(0),
        ChannelAttribute.text(REPORT_CHANGE, "Report on change", "In the attribute's own numbers")
            .withDefault("1"));
  }

  /**
   * Parses a channel's settings.
   *
   * @throws DriverException of kind CONFIGURATION that says what would be right
   */
  static ZigbeeChannel of(ChannelSettings settings) throws DriverException {
    String device = settings.text(DEVICE);
    boolean toGroup = device.startsWith(GROUP);
    long ieee = 0;
    int group = NONE;
    try {
      if (toGroup) {
        group = Integer.decode(device.substring(GROUP.length()));
      } else {
        ieee = Ieee.parse(device);
      }
    } catch (IllegalArgumentException wrong) {
      throw settings.fault(
          DEVICE, "is '%s', must be an IEEE address (0x...) or group:NUMBER".formatted(device));
    }
    if (toGroup && (group < 1 || group > 0xFFF7)) {
      throw settings.fault(DEVICE, "is '%s', a group is 1 to 65527".formatted(device));
    }
    Attribute attribute =
        new Attribute(
            optional(settings, ENDPOINT, 1, 1, 240),
            settings.integer(CLUSTER, 0, 0xFFFF),
            optional(settings, ATTRIBUTE, 0, 0, 0xFFFF),
            optional(settings, MANUFACTURER, ZclFrame.NO_MANUFACTURER, 0, 0xFFFE));
    return new ZigbeeChannel(
        ieee,
        group,
        attribute,
        optional(settings, COMMAND, NONE, 0, 255),
        scale(settings),
        reporting(settings),
        settings.valueType());
  }

  private static int optional(ChannelSettings settings, String key, int otherwise, int min, int max)
      throws DriverException {
    return settings.find(key).isEmpty() ? otherwise : settings.integer(key, min, max);
  }

  private static double scale(ChannelSettings settings) throws DriverException {
    String text = settings.find(SCALE).orElse("1");
    try {
      double scale = Double.parseDouble(text);
      if (scale == 0 || Double.isNaN(scale) || Double.isInfinite(scale)) {
        throw settings.fault(SCALE, "is '" + text + "', must be a number but 0");
      }
      return scale;
    } catch (NumberFormatException notANumber) {
      throw settings.fault(SCALE, "is '" + text + "', must be a number but 0");
    }
  }

  private static Reporting reporting(ChannelSettings settings) throws DriverException {
    int max = optional(settings, REPORT_MAX, 0, 0, 0xFFFE);
    if (max == 0) {
      return null;
    }
    int min = optional(settings, REPORT_MIN, 1, 0, max);
    return new Reporting(min, max, optional(settings, REPORT_CHANGE, 1, 0, Integer.MAX_VALUE));
  }

  boolean isGroup() {
    return group != NONE;
  }

  boolean isCommand() {
    return command != NONE;
  }
}

package org.penstock.driver.lorawan;

import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.type.DataType;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.kit.ChannelAttribute;
import org.penstock.driver.kit.ChannelAttributes;
import org.penstock.driver.kit.ChannelSettings;
import org.penstock.driver.lorawan.codec.Eui;

/**
 * A parsed channel address.
 *
 * @param field a decoded field, or metadata that begins with {@code @}
 * @param port FPort of downlinks, 1 to 223
 * @param confirmed downlinks want an answer
 */
record LorawanChannel(
    String name, DataType type, Eui device, String field, int port, boolean confirmed) {

  static final String DEVICE = "dev.eui";
  static final String FIELD = "field";
  static final String PORT = "downlink.port";
  static final String CONFIRMED = "downlink.confirmed";

  static ChannelDescriptor descriptor() {
    return ChannelAttributes.descriptor(
        ChannelAttribute.text(DEVICE, "DevEUI", "16 hexadecimal digits"),
        ChannelAttribute.text(
                FIELD,
                "Field",
                "a field as the codec names it, or @payload, @rssi, @snr, @dr, @gateway, @gateways,"
                    + " @fcnt, @fport, @battery, @margin, @joined, @downlink")
            .withDefault("@payload"),
        ChannelAttribute.integer(PORT, "Downlink FPort", "of what is written", 1, 223)
            .withDefault(1)
            .optional(),
        ChannelAttribute.flag(CONFIRMED, "Confirmed", "the device must acknowledge what is written")
            .withDefault(false)
            .optional());
  }

  static LorawanChannel of(ChannelSettings settings) throws DriverException {
    Eui device;
    try {
      device = Eui.parse(settings.text(DEVICE));
    } catch (IllegalArgumentException none) {
      throw settings.fault(DEVICE, "is wrong: " + none.getMessage());
    }
    return new LorawanChannel(
        settings.channel(),
        settings.valueType(),
        device,
        settings.text(FIELD),
        settings.find(PORT).isPresent() ? settings.integer(PORT, 1, 223) : 1,
        settings.find(CONFIRMED).isPresent() && settings.flag(CONFIRMED));
  }
}

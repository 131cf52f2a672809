package org.penstock.driver.zigbee;

import java.util.Optional;
import org.eclipse.kura.type.TypedValue;
import org.penstock.driver.kit.Values;
import org.penstock.driver.zigbee.codec.ByteWriter;
import org.penstock.driver.zigbee.codec.ZclFrame;

/**
 * The command that a write sends, for attributes that the specification does not let be written but by
 * a command. Pure.
 *
 * @param frame of the cluster
 */
record ZigbeeCommand(ZclFrame frame) {

  private static final int ON_OFF = 0x0006;
  private static final int LEVEL = 0x0008;
  private static final int WINDOW_COVERING = 0x0102;
  private static final int LIFT_PERCENTAGE = 0x0008;
  private static final int MOVE_TO_LEVEL_WITH_ON_OFF = 0x04;
  private static final int GO_TO_LIFT_PERCENTAGE = 0x05;

  /**
   * The command; empty when the attribute itself is to be written.
   *
   * @throws IllegalArgumentException when the value does not fit
   */
  static Optional<ZigbeeCommand> of(ZigbeeChannel channel, TypedValue<?> value, int sequence) {
    int cluster = channel.attribute().cluster();
    int attribute = channel.attribute().id();
    if (channel.isCommand()) {
      return command(channel, sequence, channel.command(), ZigbeeValues.payload(value));
    }
    if (cluster == ON_OFF && attribute == 0) {
      boolean on = Values.number(value).doubleValue() != 0;
      return command(channel, sequence, on ? 1 : 0);
    }
    if (cluster == LEVEL && attribute == 0) {
      byte[] payload = new ByteWriter().u8(within(value, channel, 254)).u16(0).toBytes();
      return command(channel, sequence, MOVE_TO_LEVEL_WITH_ON_OFF, payload);
    }
    if (cluster == WINDOW_COVERING && attribute == LIFT_PERCENTAGE) {
      byte percentage = (byte) within(value, channel, 100);
      return command(channel, sequence, GO_TO_LIFT_PERCENTAGE, percentage);
    }
    return Optional.empty();
  }

  private static Optional<ZigbeeCommand> command(
      ZigbeeChannel channel, int sequence, int number, byte... payload) {
    int manufacturer = channel.attribute().manufacturer();
    return Optional.of(
        new ZigbeeCommand(ZclFrame.request(true, manufacturer, sequence, number, payload)));
  }

  private static int within(TypedValue<?> value, ZigbeeChannel channel, int max) {
    Object raw = ZigbeeValues.raw(value, channel);
    double number =
        raw instanceof Number given ? given.doubleValue() : Values.number(value).doubleValue();
    if (!(number >= 0 && number <= max)) {
      throw new IllegalArgumentException(value.getValue() + " is not within 0 to " + max);
    }
    return (int) Math.round(number);
  }
}

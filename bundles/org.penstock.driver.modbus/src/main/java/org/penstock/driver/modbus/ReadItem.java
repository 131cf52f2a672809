package org.penstock.driver.modbus;

import org.eclipse.kura.channel.ChannelRecord;

/**
 * A record to be filled and where its value stands.
 *
 * @param record filled by each read
 * @param channel its parsed address
 */
record ReadItem(ChannelRecord record, ModbusChannel channel) {

  Place place() {
    return new Place(channel.unit(), channel.table());
  }

  int address() {
    return channel.address();
  }

  int length() {
    return channel.length();
  }
}

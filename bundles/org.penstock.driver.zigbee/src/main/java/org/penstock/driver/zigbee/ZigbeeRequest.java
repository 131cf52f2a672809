package org.penstock.driver.zigbee;

import java.util.Optional;
import org.eclipse.kura.channel.ChannelRecord;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.kit.ChannelSettings;

/**
 * A record with its parsed address, or with the reason why it has none: put into the record at each
 * read, since an error of configuration concerns its channel only.
 *
 * @param record filled with the answer
 * @param channel empty when the address is wrong
 * @param fault empty when the address is right
 */
record ZigbeeRequest(
    ChannelRecord record, Optional<ZigbeeChannel> channel, Optional<DriverException> fault) {

  static ZigbeeRequest of(ChannelRecord record) {
    try {
      ZigbeeChannel channel = ZigbeeChannel.of(ChannelSettings.of(record));
      return new ZigbeeRequest(record, Optional.of(channel), Optional.empty());
    } catch (DriverException fault) {
      return new ZigbeeRequest(record, Optional.empty(), Optional.of(fault));
    }
  }
}

package org.penstock.driver.template;

import java.util.Optional;
import org.eclipse.kura.channel.ChannelRecord;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.kit.ChannelSettings;

/**
 * A record with its parsed address, or with the reason why it has none. The reason is put into the
 * record at each read: an error of configuration concerns its channel only.
 *
 * @param record filled with the answer
 * @param channel empty when the address is wrong
 * @param fault empty when the address is right
 */
record TemplateRequest(
    ChannelRecord record, Optional<TemplateChannel> channel, Optional<DriverException> fault) {

  static TemplateRequest of(ChannelRecord record) {
    try {
      TemplateChannel channel = TemplateChannel.of(ChannelSettings.of(record));
      return new TemplateRequest(record, Optional.of(channel), Optional.empty());
    } catch (DriverException fault) {
      return new TemplateRequest(record, Optional.empty(), Optional.of(fault));
    }
  }
}

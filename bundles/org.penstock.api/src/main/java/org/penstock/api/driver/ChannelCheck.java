package org.penstock.api.driver;

import org.eclipse.kura.channel.ChannelRecord;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A driver that tells what is wrong with a channel before it is used: a table with such a channel is
 * refused with row and column, while without this the channel would fail with each read.
 */
@ConsumerType
public interface ChannelCheck {

  /**
   * Looks at a channel's name, value type and configuration, as {@code prepareRead} gets them. Any thread
   * may call; returns at once, without I/O.
   *
   * @throws DriverException of kind CONFIGURATION that names the property and says what would be right
   */
  void checkChannel(ChannelRecord record) throws DriverException;
}

package org.eclipse.kura.channel.listener;

import org.eclipse.kura.annotation.NotThreadSafe;
import org.eclipse.kura.channel.ChannelRecord;
import org.osgi.annotation.versioning.ProviderType;

/** A value that a device sent by itself. */
@NotThreadSafe
@ProviderType
public class ChannelEvent {

  private ChannelRecord channelRecord;

  public ChannelEvent(ChannelRecord channelRecord) {
    this.channelRecord = channelRecord;
  }

  public ChannelRecord getChannelRecord() {
    return channelRecord;
  }

  @Override
  public String toString() {
    return "ChannelEvent [" + "channelRecord=" + channelRecord + "]";
  }
}

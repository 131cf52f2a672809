package org.eclipse.kura.channel.listener;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told of values that a device sends by itself. */
@FunctionalInterface
@ConsumerType
public interface ChannelListener {

  void onChannelEvent(ChannelEvent channelEvent);
}

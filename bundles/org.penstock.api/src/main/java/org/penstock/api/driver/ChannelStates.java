package org.penstock.api.driver;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The states of an asset's channels; each asset of the gateway is registered as this service too,
 * with its {@code kura.service.pid}.
 */
@ProviderType
public interface ChannelStates {

  /**
   * The states by channel; a channel that was never read is not among them. Any thread may call;
   * returns at once, with a copy.
   */
  Map<String, ChannelState> channelStates();
}

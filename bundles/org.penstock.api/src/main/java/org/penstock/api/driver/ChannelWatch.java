package org.penstock.api.driver;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told of every value that assets read or get reported; register it as an OSGi service. It is
 * called in the asset's strand, in the order of the values, before they go out on wires.
 */
@ConsumerType
public interface ChannelWatch {

  /**
   * Channels were read, or could not be.
   *
   * @param asset its kura.service.pid
   * @param states by channel, as they are now; only those that were read
   */
  void changed(String asset, Map<String, ChannelState> states);
}

package org.penstock.driver.zigbee.ember;

import com.zsmartsystems.zigbee.IeeeAddress;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportTransmit;

/** What we want of the library's EZSP dongle, on this side of its own class loader. */
public interface EmberTransport extends ZigBeeTransportTransmit {

  /** Asks the stick for a sign of life; blocks, not for ever. */
  boolean answers();

  /** Lets a device join with its own key; blocks. */
  boolean linkKey(IeeeAddress device, int... key);

  /** Lets devices join at the stick itself for so many seconds, 0 ends it; blocks. */
  boolean permitJoin(int seconds);
}

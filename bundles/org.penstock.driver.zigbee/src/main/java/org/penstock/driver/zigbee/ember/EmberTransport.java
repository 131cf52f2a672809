package org.penstock.driver.zigbee.ember;

import com.zsmartsystems.zigbee.IeeeAddress;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportTransmit;
import java.util.Optional;
import org.penstock.driver.zigbee.stick.NetworkBackup;
import org.penstock.driver.zigbee.stick.NetworkState;

/** What we want of the library's EZSP dongle, on this side of its own class loader. */
public interface EmberTransport extends ZigBeeTransportTransmit {

  /** Asks the stick for a sign of life; blocks, not for ever. */
  boolean answers();

  /** Lets a device join with its own key; blocks. */
  boolean linkKey(IeeeAddress device, int... key);

  /** Lets devices join at the stick itself for so many seconds, 0 ends it; blocks. */
  boolean permitJoin(int seconds);

  /** The key of the stick's network; none when the stick does not tell it; blocks. */
  byte[] networkKey();

  /** What another stick needs; empty when the stick does not tell its key; blocks. */
  Optional<NetworkBackup> backup(NetworkState network);

  /**
   * Makes a stick without a network the coordinator of the backup's; blocks.
   *
   * @param linkKey with which devices join
   */
  boolean restore(NetworkBackup backup, byte... linkKey);
}

package org.eclipse.kura.bluetooth.le.beacon.listener;

import org.eclipse.kura.bluetooth.le.beacon.BluetoothLeBeacon;
import org.osgi.annotation.versioning.ConsumerType;

/** Is told of each beacon that a scanner hears. */
@FunctionalInterface
@ConsumerType
public interface BluetoothLeBeaconListener<T extends BluetoothLeBeacon> {

  void onBeaconsReceived(T beacon);
}

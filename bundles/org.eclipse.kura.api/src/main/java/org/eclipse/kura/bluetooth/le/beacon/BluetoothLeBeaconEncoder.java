package org.eclipse.kura.bluetooth.le.beacon;

import org.osgi.annotation.versioning.ConsumerType;

/** Turns a beacon into the bytes of an advertisement. */
@ConsumerType
public interface BluetoothLeBeaconEncoder<T extends BluetoothLeBeacon> {

  byte[] encode(T beacon);

  Class<T> getBeaconType();
}

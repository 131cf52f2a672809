package org.eclipse.kura.bluetooth.le.beacon;

import org.osgi.annotation.versioning.ConsumerType;

/** Turns the bytes of an advertisement into a beacon. */
@ConsumerType
public interface BluetoothLeBeaconDecoder<T extends BluetoothLeBeacon> {

  T decode(byte[] reportData);

  Class<T> getBeaconType();
}

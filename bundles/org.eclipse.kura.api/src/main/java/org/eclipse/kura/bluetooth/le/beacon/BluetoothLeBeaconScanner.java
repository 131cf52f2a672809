package org.eclipse.kura.bluetooth.le.beacon;

import org.eclipse.kura.KuraBluetoothCommandException;
import org.eclipse.kura.bluetooth.le.BluetoothLeAdapter;
import org.eclipse.kura.bluetooth.le.beacon.listener.BluetoothLeBeaconListener;
import org.osgi.annotation.versioning.ProviderType;

/** Listens for one kind of beacon on a radio. */
@ProviderType
public interface BluetoothLeBeaconScanner<T extends BluetoothLeBeacon> {

  void startBeaconScan(long duration) throws KuraBluetoothCommandException;

  void stopBeaconScan();

  boolean isScanning();

  void addBeaconListener(BluetoothLeBeaconListener<T> listener);

  void removeBeaconListener(BluetoothLeBeaconListener<T> listener);

  BluetoothLeAdapter getAdapter();

  BluetoothLeBeaconDecoder<T> getDecoder();
}

package org.eclipse.kura.bluetooth.le.beacon;

import org.eclipse.kura.KuraBluetoothCommandException;
import org.eclipse.kura.bluetooth.le.BluetoothLeAdapter;
import org.osgi.annotation.versioning.ProviderType;

/** Sends one kind of beacon on a radio. */
@ProviderType
public interface BluetoothLeBeaconAdvertiser<T extends BluetoothLeBeacon> {

  void startBeaconAdvertising() throws KuraBluetoothCommandException;

  void stopBeaconAdvertising() throws KuraBluetoothCommandException;

  void updateBeaconAdvertisingInterval(Integer min, Integer max)
      throws KuraBluetoothCommandException;

  void updateBeaconAdvertisingData(T beacon) throws KuraBluetoothCommandException;

  BluetoothLeAdapter getAdapter();
}

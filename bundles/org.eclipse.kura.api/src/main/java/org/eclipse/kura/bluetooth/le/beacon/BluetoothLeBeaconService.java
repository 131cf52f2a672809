package org.eclipse.kura.bluetooth.le.beacon;

import org.eclipse.kura.KuraBluetoothBeaconAdvertiserNotAvailable;
import org.eclipse.kura.bluetooth.le.BluetoothLeAdapter;
import org.osgi.annotation.versioning.ProviderType;

/** Makes scanners and advertisers for one kind of beacon. */
@ProviderType
public interface BluetoothLeBeaconService<T extends BluetoothLeBeacon> {

  BluetoothLeBeaconScanner<T> newBeaconScanner(BluetoothLeAdapter adapter);

  BluetoothLeBeaconAdvertiser<T> newBeaconAdvertiser(BluetoothLeAdapter adapter)
      throws KuraBluetoothBeaconAdvertiserNotAvailable;

  void deleteBeaconScanner(BluetoothLeBeaconScanner<T> scanner);

  void deleteBeaconAdvertiser(BluetoothLeBeaconAdvertiser<T> advertiser);
}

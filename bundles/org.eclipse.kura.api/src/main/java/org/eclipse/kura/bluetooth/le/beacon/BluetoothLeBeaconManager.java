package org.eclipse.kura.bluetooth.le.beacon;

import org.eclipse.kura.KuraBluetoothBeaconAdvertiserNotAvailable;
import org.eclipse.kura.bluetooth.le.BluetoothLeAdapter;
import org.osgi.annotation.versioning.ProviderType;

/** Makes scanners and advertisers for beacons of any kind. */
@ProviderType
public interface BluetoothLeBeaconManager<T extends BluetoothLeBeacon> {

  BluetoothLeBeaconScanner<T> newBeaconScanner(
      BluetoothLeAdapter adapter, BluetoothLeBeaconDecoder<T> decoder);

  BluetoothLeBeaconAdvertiser<T> newBeaconAdvertiser(
      BluetoothLeAdapter adapter, BluetoothLeBeaconEncoder<T> encoder)
      throws KuraBluetoothBeaconAdvertiserNotAvailable;

  void deleteBeaconScanner(BluetoothLeBeaconScanner<T> scanner);

  void deleteBeaconAdvertiser(BluetoothLeBeaconAdvertiser<T> advertiser);
}

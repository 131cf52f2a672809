package org.eclipse.kura.bluetooth.le;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Gives the Bluetooth Low Energy radios of this device. */
@ProviderType
public interface BluetoothLeService {

  List<BluetoothLeAdapter> getAdapters();

  BluetoothLeAdapter getAdapter(String interfaceName);
}

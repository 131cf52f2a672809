package org.eclipse.kura.bluetooth.le;

import java.util.UUID;
import org.eclipse.kura.KuraBluetoothIOException;
import org.osgi.annotation.versioning.ProviderType;

/** A descriptor of a Bluetooth characteristic. */
@ProviderType
public interface BluetoothLeGattDescriptor {

  byte[] readValue() throws KuraBluetoothIOException;

  void writeValue(byte[] value) throws KuraBluetoothIOException;

  UUID getUUID();

  BluetoothLeGattCharacteristic getCharacteristic();

  byte[] getValue();
}

package org.eclipse.kura.bluetooth.le;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.kura.KuraBluetoothIOException;
import org.eclipse.kura.KuraBluetoothNotificationException;
import org.eclipse.kura.KuraBluetoothResourceNotFoundException;
import org.osgi.annotation.versioning.ProviderType;

/** A value of a Bluetooth service that can be read, written or watched. */
@ProviderType
public interface BluetoothLeGattCharacteristic {

  BluetoothLeGattDescriptor findDescriptor(UUID uuid) throws KuraBluetoothResourceNotFoundException;

  @Deprecated
  BluetoothLeGattDescriptor findDescriptor(UUID uuid, long timeout)
      throws KuraBluetoothResourceNotFoundException;

  List<BluetoothLeGattDescriptor> findDescriptors() throws KuraBluetoothResourceNotFoundException;

  byte[] readValue() throws KuraBluetoothIOException;

  void enableValueNotifications(Consumer<byte[]> callback)
      throws KuraBluetoothNotificationException;

  void disableValueNotifications() throws KuraBluetoothNotificationException;

  void writeValue(byte[] value) throws KuraBluetoothIOException;

  UUID getUUID();

  BluetoothLeGattService getService();

  byte[] getValue();

  boolean isNotifying();

  List<BluetoothLeGattCharacteristicProperties> getProperties();
}

package org.eclipse.kura.bluetooth.le;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.eclipse.kura.KuraBluetoothDiscoveryException;
import org.eclipse.kura.KuraBluetoothRemoveException;
import org.osgi.annotation.versioning.ProviderType;

/** A Bluetooth Low Energy radio of this device. */
@ProviderType
public interface BluetoothLeAdapter {

  Future<BluetoothLeDevice> findDeviceByAddress(long timeout, String address);

  Future<BluetoothLeDevice> findDeviceByName(long timeout, String name);

  void findDeviceByAddress(long timeout, String address, Consumer<BluetoothLeDevice> consumer);

  void findDeviceByName(long timeout, String name, Consumer<BluetoothLeDevice> consumer);

  Future<List<BluetoothLeDevice>> findDevices(long timeout);

  void findDevices(long timeout, Consumer<List<BluetoothLeDevice>> consumer);

  void startDiscovery() throws KuraBluetoothDiscoveryException;

  void stopDiscovery() throws KuraBluetoothDiscoveryException;

  String getAddress();

  String getName();

  String getInterfaceName();

  String getModalias();

  String getAlias();

  void setAlias(String alias);

  long getBluetoothClass();

  boolean isPowered();

  void setPowered(boolean isPowered);

  boolean isDiscoverable();

  void setDiscoverable(boolean isDiscoverable);

  long getDiscoverableTimeout();

  @Deprecated
  void setDiscoverableTimout(long timeout);

  void setDiscoverableTimeout(long timeout);

  boolean isPairable();

  void setPairable(boolean isPairable);

  long getPairableTimeout();

  void setPairableTimeout(long timeout);

  boolean isDiscovering();

  UUID[] getUUIDs();

  int removeDevices() throws KuraBluetoothRemoveException;

  @Deprecated
  void setDiscoveryFilter(
      List<UUID> uuids, int rssi, int pathloss, BluetoothTransportType transportType);

  void setDiscoveryFilter(
      List<UUID> uuids,
      int rssi,
      int pathloss,
      BluetoothTransportType transportType,
      boolean duplicateData);

  void setRssiDiscoveryFilter(int rssi);
}

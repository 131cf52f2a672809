package org.eclipse.kura.bluetooth.le;

import org.osgi.annotation.versioning.ProviderType;

/** Over which of the two Bluetooth radios devices are looked for. */
@ProviderType
public enum BluetoothTransportType {
  AUTO,
  BREDR,
  LE
}

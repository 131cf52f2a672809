package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** Bluetooth discovery failed. */
@ProviderType
public class KuraBluetoothDiscoveryException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraBluetoothDiscoveryException(Object message) {
    super(KuraErrorCode.BLE_DISCOVERY_ERROR, message);
  }

  public KuraBluetoothDiscoveryException(Throwable cause, Object message) {
    super(KuraErrorCode.BLE_DISCOVERY_ERROR, cause, message);
  }
}

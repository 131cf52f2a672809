package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** A Bluetooth service or characteristic is not there. */
@ProviderType
public class KuraBluetoothResourceNotFoundException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraBluetoothResourceNotFoundException(Object message) {
    super(KuraErrorCode.BLE_RESOURCE_NOT_FOUND, message);
  }

  public KuraBluetoothResourceNotFoundException(Throwable cause, Object message) {
    super(KuraErrorCode.BLE_RESOURCE_NOT_FOUND, cause, message);
  }
}

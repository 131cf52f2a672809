package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** A Bluetooth connection failed. */
@ProviderType
public class KuraBluetoothConnectionException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraBluetoothConnectionException(Object message) {
    super(KuraErrorCode.BLE_CONNECTION_ERROR, message);
  }

  public KuraBluetoothConnectionException(Throwable cause, Object message) {
    super(KuraErrorCode.BLE_CONNECTION_ERROR, cause, message);
  }
}

package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** A Bluetooth device can't be removed. */
@ProviderType
public class KuraBluetoothRemoveException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraBluetoothRemoveException(Object message) {
    super(KuraErrorCode.BLE_REMOVE_ERROR, message);
  }

  public KuraBluetoothRemoveException(Throwable cause, Object message) {
    super(KuraErrorCode.BLE_REMOVE_ERROR, cause, message);
  }
}

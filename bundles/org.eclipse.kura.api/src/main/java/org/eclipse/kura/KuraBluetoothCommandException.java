package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** A Bluetooth command failed. */
@ProviderType
public class KuraBluetoothCommandException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraBluetoothCommandException(Object message) {
    super(KuraErrorCode.BLE_COMMAND_ERROR, message);
  }

  public KuraBluetoothCommandException(Throwable cause, Object message) {
    super(KuraErrorCode.BLE_COMMAND_ERROR, cause, message);
  }
}

package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** Bluetooth input or output failed. */
@ProviderType
public class KuraBluetoothIOException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraBluetoothIOException(Object message) {
    super(KuraErrorCode.BLE_IO_ERROR, message);
  }

  public KuraBluetoothIOException(Throwable cause, Object message) {
    super(KuraErrorCode.BLE_IO_ERROR, cause, message);
  }
}

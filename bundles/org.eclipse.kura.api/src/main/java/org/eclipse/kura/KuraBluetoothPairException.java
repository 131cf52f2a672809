package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** Bluetooth pairing failed. */
@ProviderType
public class KuraBluetoothPairException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraBluetoothPairException(Object message) {
    super(KuraErrorCode.BLE_PAIR_ERROR, message);
  }

  public KuraBluetoothPairException(Throwable cause, Object message) {
    super(KuraErrorCode.BLE_PAIR_ERROR, cause, message);
  }
}

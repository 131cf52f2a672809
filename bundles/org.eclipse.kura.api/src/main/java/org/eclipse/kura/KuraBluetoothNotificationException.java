package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** A Bluetooth notification failed. */
@ProviderType
public class KuraBluetoothNotificationException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraBluetoothNotificationException(Object message) {
    super(KuraErrorCode.BLE_NOTIFICATION_ERROR, message);
  }

  public KuraBluetoothNotificationException(Throwable cause, Object message) {
    super(KuraErrorCode.BLE_NOTIFICATION_ERROR, cause, message);
  }
}

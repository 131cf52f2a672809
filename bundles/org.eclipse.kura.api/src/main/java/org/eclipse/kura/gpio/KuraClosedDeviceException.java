package org.eclipse.kura.gpio;

import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** The device is closed. */
@ProviderType
public class KuraClosedDeviceException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraClosedDeviceException(Object message) {
    super(KuraErrorCode.CLOSED_DEVICE, message);
  }

  public KuraClosedDeviceException(Throwable cause, Object message) {
    super(KuraErrorCode.CLOSED_DEVICE, cause, message);
  }
}

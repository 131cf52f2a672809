package org.eclipse.kura.gpio;

import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** The device is not there. */
@ProviderType
public class KuraUnavailableDeviceException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraUnavailableDeviceException(Object message) {
    super(KuraErrorCode.UNAVAILABLE_DEVICE, message);
  }

  public KuraUnavailableDeviceException(Throwable cause, Object message) {
    super(KuraErrorCode.UNAVAILABLE_DEVICE, cause, message);
  }
}

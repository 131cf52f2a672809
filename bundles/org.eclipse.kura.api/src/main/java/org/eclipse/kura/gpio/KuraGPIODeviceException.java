package org.eclipse.kura.gpio;

import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** The pin failed. */
@ProviderType
public class KuraGPIODeviceException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraGPIODeviceException(Object message) {
    super(KuraErrorCode.GPIO_EXCEPTION, message);
  }

  public KuraGPIODeviceException(Throwable cause, Object message) {
    super(KuraErrorCode.GPIO_EXCEPTION, cause, message);
  }
}

package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** This modem is not supported. */
@ProviderType
public class KuraUnsupportedModemException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraUnsupportedModemException(Object message) {
    super(KuraErrorCode.UNSUPPORTED_MODEM, message);
  }

  public KuraUnsupportedModemException(Throwable cause, Object message) {
    super(KuraErrorCode.UNSUPPORTED_MODEM, cause, message);
  }
}

package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** A connection can't be ended in order. */
@ProviderType
public class KuraDisconnectException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraDisconnectException(Object message) {
    super(KuraErrorCode.DISCONNECTION_FAILED, message);
  }

  public KuraDisconnectException(Throwable cause, Object message) {
    super(KuraErrorCode.DISCONNECTION_FAILED, cause, message);
  }
}

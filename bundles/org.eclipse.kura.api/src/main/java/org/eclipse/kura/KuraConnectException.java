package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** A connection can't be made. */
@ProviderType
public class KuraConnectException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraConnectException(Object message) {
    super(KuraErrorCode.CONNECTION_FAILED, message);
  }

  public KuraConnectException(Throwable cause, Object message) {
    super(KuraErrorCode.CONNECTION_FAILED, cause, message);
  }
}

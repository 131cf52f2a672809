package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** There is no connection. */
@ProviderType
public class KuraNotConnectedException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraNotConnectedException(Object message) {
    super(KuraErrorCode.NOT_CONNECTED, message);
  }

  public KuraNotConnectedException(Throwable cause, Object message) {
    super(KuraErrorCode.NOT_CONNECTED, cause, message);
  }
}

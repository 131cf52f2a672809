package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** The message store failed. */
@ProviderType
public class KuraStoreException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraStoreException(Object message) {
    super(KuraErrorCode.STORE_ERROR, message);
  }

  public KuraStoreException(Throwable cause, Object message) {
    super(KuraErrorCode.STORE_ERROR, cause, message);
  }
}

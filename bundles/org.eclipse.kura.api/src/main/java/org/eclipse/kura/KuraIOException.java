package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** Input or output failed. */
@ProviderType
public class KuraIOException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraIOException(Object message) {
    super(KuraErrorCode.IO_ERROR, message);
  }

  public KuraIOException(Throwable cause, Object message) {
    super(KuraErrorCode.IO_ERROR, cause, message);
  }
}

package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** A message can't be read. */
@ProviderType
public class KuraInvalidMessageException extends KuraRuntimeException {

  private static final long serialVersionUID = 1L;

  public KuraInvalidMessageException(Object message) {
    super(KuraErrorCode.INVALID_MESSAGE_EXCEPTION, message);
  }

  public KuraInvalidMessageException(Throwable cause) {
    super(KuraErrorCode.INVALID_MESSAGE_EXCEPTION, cause, (Object[]) null);
  }

  public KuraInvalidMessageException(Throwable cause, Object message) {
    super(KuraErrorCode.INVALID_MESSAGE_EXCEPTION, cause, message);
  }
}

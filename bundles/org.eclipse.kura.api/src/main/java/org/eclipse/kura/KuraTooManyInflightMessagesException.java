package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** Too many messages wait for their confirmation. */
@ProviderType
public class KuraTooManyInflightMessagesException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraTooManyInflightMessagesException(Object message) {
    super(KuraErrorCode.TOO_MANY_INFLIGHT_MESSAGES, message);
  }

  public KuraTooManyInflightMessagesException(Throwable cause, Object message) {
    super(KuraErrorCode.TOO_MANY_INFLIGHT_MESSAGES, cause, message);
  }
}

package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** A process failed. */
@ProviderType
public class KuraProcessExecutionErrorException extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraProcessExecutionErrorException(Object message) {
    super(KuraErrorCode.PROCESS_EXECUTION_ERROR, message);
  }

  public KuraProcessExecutionErrorException(Throwable cause, Object message) {
    super(KuraErrorCode.PROCESS_EXECUTION_ERROR, cause, message);
  }
}

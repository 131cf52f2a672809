package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** A metric's type can't be sent. */
@ProviderType
public class KuraInvalidMetricTypeException extends KuraRuntimeException {

  private static final long serialVersionUID = 1L;

  public KuraInvalidMetricTypeException(Object message) {
    super(KuraErrorCode.INVALID_METRIC_EXCEPTION, message);
  }

  public KuraInvalidMetricTypeException(Throwable cause, Object message) {
    super(KuraErrorCode.INVALID_METRIC_EXCEPTION, cause, message);
  }
}

package org.eclipse.kura;

import java.util.Locale;
import org.osgi.annotation.versioning.ProviderType;

/** The root of Kura's checked exceptions: a code, and a message looked up for it. */
@ProviderType
public class KuraException extends Exception {

  private static final long serialVersionUID = 7468633737373095296L;

  private final KuraErrorCode code;
  private final transient Object[] arguments;

  public KuraException(KuraErrorCode code) {
    this(code, (Object[]) null);
  }

  public KuraException(KuraErrorCode code, Object... arguments) {
    super();
    this.code = code;
    this.arguments = arguments;
  }

  public KuraException(KuraErrorCode code, Throwable cause, Object... arguments) {
    super(cause);
    this.code = code;
    this.arguments = arguments;
  }

  public static KuraException internalError(Throwable cause, String message) {
    return new KuraException(KuraErrorCode.INTERNAL_ERROR, cause, message);
  }

  public static KuraException internalError(Throwable cause) {
    return new KuraException(KuraErrorCode.INTERNAL_ERROR, cause, cause.getMessage());
  }

  public static KuraException internalError(String message) {
    return new KuraException(KuraErrorCode.INTERNAL_ERROR, null, message);
  }

  public KuraErrorCode getCode() {
    return code;
  }

  @Override
  public String getMessage() {
    return Messages.format(Locale.US, code, arguments);
  }

  @Override
  public String getLocalizedMessage() {
    return Messages.format(Locale.getDefault(), code, arguments);
  }
}

package org.eclipse.kura;

import java.util.Locale;
import org.osgi.annotation.versioning.ProviderType;

/** The root of Kura's unchecked exceptions: a code, and a message looked up for it. */
@ProviderType
public class KuraRuntimeException extends RuntimeException {

  private static final long serialVersionUID = 5414144045474547839L;

  private final KuraErrorCode code;
  private final transient Object[] arguments;

  public KuraRuntimeException(KuraErrorCode code) {
    this(code, (Object[]) null);
  }

  public KuraRuntimeException(KuraErrorCode code, Object... arguments) {
    super();
    this.code = code;
    this.arguments = arguments;
  }

  public KuraRuntimeException(KuraErrorCode code, Throwable cause, Object... arguments) {
    super(cause);
    this.code = code;
    this.arguments = arguments;
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

package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** The root of Kura's unchecked exceptions: a code, and a message looked up for it. */
@ProviderType
public class KuraRuntimeException extends RuntimeException {

  private static final long serialVersionUID = 5414144045474547839L;

  protected final KuraErrorCode code;
  protected final transient Object[] arguments;

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
    return Messages.format(java.util.Locale.US, code, arguments);
  }

  @Override
  public String getLocalizedMessage() {
    return Messages.format(java.util.Locale.getDefault(), code, arguments);
  }
}

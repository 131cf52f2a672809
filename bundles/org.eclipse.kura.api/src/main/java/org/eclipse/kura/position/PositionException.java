package org.eclipse.kura.position;

import org.osgi.annotation.versioning.ProviderType;

/** The position can't be had. */
@ProviderType
public class PositionException extends Exception {

  private static final long serialVersionUID = 1L;

  public PositionException() {
    super();
  }

  public PositionException(String name) {
    super(name);
  }

  public PositionException(Throwable cause) {
    super(cause);
  }

  public PositionException(String name, Throwable cause) {
    super(name, cause);
  }
}

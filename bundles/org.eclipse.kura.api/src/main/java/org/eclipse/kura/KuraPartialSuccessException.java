package org.eclipse.kura;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Some of several things failed; the causes name them. */
@ProviderType
public class KuraPartialSuccessException extends KuraException {

  private static final long serialVersionUID = 1L;

  private final transient List<Throwable> causes;

  public KuraPartialSuccessException(String message, List<Throwable> list) {
    super(KuraErrorCode.PARTIAL_SUCCESS, message);
    this.causes = list;
  }

  public List<Throwable> getCauses() {
    return causes;
  }
}

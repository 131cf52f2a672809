package org.eclipse.kura.executor;

import org.osgi.annotation.versioning.ProviderType;

/** A signal to a process. */
@ProviderType
public interface Signal {

  int getSignalNumber();
}

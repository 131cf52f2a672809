package org.eclipse.kura.executor;

import org.osgi.annotation.versioning.ProviderType;

/** A command's exit value. */
@ProviderType
public interface ExitStatus {

  int getExitCode();

  boolean isSuccessful();
}

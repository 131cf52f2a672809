package org.eclipse.kura.executor;

import org.osgi.annotation.versioning.ProviderType;

/** Runs commands without privileges. */
@ProviderType
public interface UnprivilegedExecutorService extends CommandExecutorService {}

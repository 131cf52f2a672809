package org.eclipse.kura.executor;

import org.osgi.annotation.versioning.ProviderType;

/** Runs commands with privileges. */
@ProviderType
public interface PrivilegedExecutorService extends CommandExecutorService {}

package org.eclipse.kura.log;

import org.osgi.annotation.versioning.ProviderType;

/** Reads log entries. */
@ProviderType
public interface LogReader extends LogProvider {}

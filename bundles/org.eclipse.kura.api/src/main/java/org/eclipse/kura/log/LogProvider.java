package org.eclipse.kura.log;

import org.eclipse.kura.log.listener.LogListener;
import org.osgi.annotation.versioning.ProviderType;

/** Gives log entries as they come. */
@ProviderType
public interface LogProvider {

  void registerLogListener(LogListener logListener);

  void unregisterLogListener(LogListener logListener);
}

package org.eclipse.kura.log.listener;

import org.eclipse.kura.log.LogEntry;
import org.osgi.annotation.versioning.ConsumerType;

/** Is given log entries. */
@ConsumerType
public interface LogListener {

  void newLogEntry(LogEntry logEntry);
}

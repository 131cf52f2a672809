package org.eclipse.kura.log;

import java.util.Collections;
import java.util.Map;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.osgi.annotation.versioning.ProviderType;

/** One line of a log: its properties and its time in milliseconds. */
@Immutable
@ThreadSafe
@ProviderType
public class LogEntry {

  private final Map<String, Object> properties;
  private final long timestamp;

  public LogEntry(Map<String, Object> properties) {
    this(properties, 0);
  }

  public LogEntry(Map<String, Object> properties, long timestamp) {
    this.properties = Collections.unmodifiableMap(properties);
    this.timestamp = timestamp;
  }

  public Map<String, Object> getProperties() {
    return properties;
  }

  public long getTimestamp() {
    return timestamp;
  }

  @Override
  public String toString() {
    return "LogEntry [timestamp=" + timestamp + ", properties=" + properties + "]";
  }
}

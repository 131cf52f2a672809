package org.eclipse.kura.data;

import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/** Names a message in flight. */
@ProviderType
public class DataTransportToken {

  private final int messageId;
  private final String sessionId;

  public DataTransportToken(int messageId, String sessionId) {
    this.messageId = messageId;
    this.sessionId = sessionId;
  }

  public int getMessageId() {
    return messageId;
  }

  public String getSessionId() {
    return sessionId;
  }

  @Override
  public int hashCode() {
    return Objects.hash(messageId, sessionId);
  }

  @Override
  public boolean equals(Object value) {
    if (this == value) {
      return true;
    }
    if (value == null || getClass() != value.getClass()) {
      return false;
    }
    DataTransportToken other = (DataTransportToken) value;
    return Objects.equals(messageId, other.messageId) && Objects.equals(sessionId, other.sessionId);
  }
}

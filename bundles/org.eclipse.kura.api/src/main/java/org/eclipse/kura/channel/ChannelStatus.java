package org.eclipse.kura.channel;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.osgi.annotation.versioning.ProviderType;

/** How an operation on a channel ended: a flag and, after a failure, the reason. */
@Immutable
@ThreadSafe
@ProviderType
public class ChannelStatus {

  private final ChannelFlag channelFlag;
  private final Exception exception;
  private final String exceptionMessage;

  public ChannelStatus(ChannelFlag channelFlag) {
    this(channelFlag, null, null);
  }

  public ChannelStatus(ChannelFlag channelFlag, String exceptionMessage, Exception exception) {
    this.channelFlag = requireNonNull(channelFlag, "the flag must not be null");
    this.exceptionMessage = exceptionMessage;
    this.exception = exception;
  }

  public ChannelFlag getChannelFlag() {
    return channelFlag;
  }

  public Exception getException() {
    return exception;
  }

  public String getExceptionMessage() {
    return exceptionMessage;
  }

  @Override
  public boolean equals(Object object) {
    if (this == object) {
      return true;
    }
    if (object == null || getClass() != object.getClass()) {
      return false;
    }
    ChannelStatus other = (ChannelStatus) object;
    return channelFlag == other.channelFlag
        && Objects.equals(exception, other.exception)
        && Objects.equals(exceptionMessage, other.exceptionMessage);
  }

  @Override
  public int hashCode() {
    return Objects.hash(channelFlag, exception, exceptionMessage);
  }

  @Override
  public String toString() {
    return "ChannelStatus [channelFlag="
        + channelFlag
        + ", exceptionMessage="
        + exceptionMessage
        + ", exception="
        + exception
        + "]";
  }
}

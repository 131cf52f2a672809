package org.eclipse.kura.driver;

import java.util.List;
import java.util.Map;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.osgi.annotation.versioning.ProviderType;

/** Reads and writes channels of devices by one protocol. */
@ProviderType
public interface Driver {

  String DRIVER_PID_PROPERTY_NAME = "driver.pid";

  void connect() throws Driver.ConnectionException;

  void disconnect() throws Driver.ConnectionException;

  ChannelDescriptor getChannelDescriptor();

  void read(List<ChannelRecord> list) throws Driver.ConnectionException;

  void registerChannelListener(Map<String, Object> properties, ChannelListener channelListener)
      throws Driver.ConnectionException;

  void unregisterChannelListener(ChannelListener channelListener) throws Driver.ConnectionException;

  void write(List<ChannelRecord> list) throws Driver.ConnectionException;

  PreparedRead prepareRead(List<ChannelRecord> list);

  /** The device or its link can't be reached. */
  public static final class ConnectionException extends Exception {

    private static final long serialVersionUID = 1L;

    public ConnectionException() {
      super();
    }

    public ConnectionException(String name) {
      super(name);
    }

    public ConnectionException(String name, Throwable cause) {
      super(name, cause);
    }

    public ConnectionException(Throwable cause) {
      super(cause);
    }
  }
}

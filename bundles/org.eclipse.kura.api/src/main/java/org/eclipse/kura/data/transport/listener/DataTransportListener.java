package org.eclipse.kura.data.transport.listener;

import org.eclipse.kura.data.DataTransportToken;
import org.osgi.annotation.versioning.ConsumerType;

/** Is told of the transport's connection and messages. */
@ConsumerType
public interface DataTransportListener {

  void onConnectionEstablished(boolean flag);

  void onDisconnecting();

  void onDisconnected();

  void onConfigurationUpdating(boolean flag);

  void onConfigurationUpdated(boolean flag);

  void onConnectionLost(Throwable cause);

  void onMessageArrived(String name, byte[] data, int number, boolean flag);

  void onMessageConfirmed(DataTransportToken dataTransportToken);
}

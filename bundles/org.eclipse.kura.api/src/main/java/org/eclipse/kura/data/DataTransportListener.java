package org.eclipse.kura.data;

import org.osgi.annotation.versioning.ConsumerType;

/** The legacy name of the transport's listener. */
@Deprecated
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

package org.eclipse.kura.data;

import org.osgi.annotation.versioning.ConsumerType;

/** The legacy name of the data service's listener. */
@Deprecated
@ConsumerType
public interface DataServiceListener {

  void onConnectionEstablished();

  void onDisconnecting();

  void onDisconnected();

  void onConnectionLost(Throwable cause);

  void onMessageArrived(String name, byte[] data, int number, boolean flag);

  void onMessagePublished(int number, String name);

  void onMessageConfirmed(int number, String name);
}

package org.eclipse.kura.data.listener;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told of the data service's connection and messages. */
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

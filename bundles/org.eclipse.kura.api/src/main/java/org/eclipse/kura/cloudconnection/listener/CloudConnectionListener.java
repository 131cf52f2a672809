package org.eclipse.kura.cloudconnection.listener;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told when a cloud connection comes and goes. */
@ConsumerType
public interface CloudConnectionListener {

  void onDisconnected();

  void onConnectionLost();

  void onConnectionEstablished();
}

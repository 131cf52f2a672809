package org.eclipse.kura.connection.listener;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told when a connection comes and goes. */
@ConsumerType
public interface ConnectionListener {

  void connected();

  void disconnected();
}

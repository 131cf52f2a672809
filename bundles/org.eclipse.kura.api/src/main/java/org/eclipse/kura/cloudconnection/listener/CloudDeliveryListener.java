package org.eclipse.kura.cloudconnection.listener;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told when a message has been confirmed. */
@ConsumerType
public interface CloudDeliveryListener {

  void onMessageConfirmed(String name);
}

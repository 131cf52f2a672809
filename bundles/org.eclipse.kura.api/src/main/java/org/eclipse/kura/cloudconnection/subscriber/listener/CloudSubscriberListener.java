package org.eclipse.kura.cloudconnection.subscriber.listener;

import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.osgi.annotation.versioning.ConsumerType;

/** Is given messages that arrive. */
@FunctionalInterface
@ConsumerType
public interface CloudSubscriberListener {

  void onMessageArrived(KuraMessage kuraMessage);
}

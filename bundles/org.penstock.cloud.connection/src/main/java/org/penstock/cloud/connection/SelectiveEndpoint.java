package org.penstock.cloud.connection;

import java.util.function.Predicate;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;

/**
 * An endpoint that spares its publishers work: it looks at no property of a message but the delivery's,
 * and tells a listener of those messages alone that concern it.
 */
interface SelectiveEndpoint extends CloudEndpoint {

  /** As Kura's, for messages whose topic passes. */
  void registerCloudDeliveryListener(CloudDeliveryListener listener, Predicate<String> topic);
}

package org.eclipse.kura.cloudconnection;

import java.util.Collections;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.osgi.annotation.versioning.ProviderType;

/** One cloud connection: publishes messages and takes subscriptions. */
@ProviderType
public interface CloudEndpoint {

  String publish(KuraMessage kuraMessage) throws KuraException;

  void registerSubscriber(
      Map<String, Object> properties, CloudSubscriberListener cloudSubscriberListener);

  void unregisterSubscriber(CloudSubscriberListener cloudSubscriberListener);

  default Map<String, String> getInfo() {
    return Collections.emptyMap();
  }

  void registerCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener);

  void unregisterCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener);
}

package org.eclipse.kura.cloudconnection.publisher;

import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.osgi.annotation.versioning.ProviderType;

/** Publishes messages of one application. */
@ProviderType
public interface CloudPublisher {

  String publish(KuraMessage kuraMessage) throws KuraException;

  void registerCloudConnectionListener(CloudConnectionListener cloudConnectionListener);

  void unregisterCloudConnectionListener(CloudConnectionListener cloudConnectionListener);

  void registerCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener);

  void unregisterCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener);
}

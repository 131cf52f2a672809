package org.eclipse.kura.cloudconnection.subscriber;

import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.osgi.annotation.versioning.ProviderType;

/** Receives messages for its listeners. */
@ProviderType
public interface CloudSubscriber {

  void registerCloudSubscriberListener(CloudSubscriberListener cloudSubscriberListener);

  void unregisterCloudSubscriberListener(CloudSubscriberListener cloudSubscriberListener);

  void registerCloudConnectionListener(CloudConnectionListener cloudConnectionListener);

  void unregisterCloudConnectionListener(CloudConnectionListener cloudConnectionListener);
}

package org.eclipse.kura.cloud;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.event.Event;

/** A cloud connection is down. */
@ProviderType
public class CloudConnectionLostEvent extends Event {

  public static final String CLOUD_CONNECTION_STATUS_LOST =
      "org/eclipse/kura/cloud/CloudConnectionStatus/LOST";

  public CloudConnectionLostEvent(Map<String, ?> properties) {
    super(CLOUD_CONNECTION_STATUS_LOST, properties);
  }
}

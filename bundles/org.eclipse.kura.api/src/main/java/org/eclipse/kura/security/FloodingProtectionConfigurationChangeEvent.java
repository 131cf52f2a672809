package org.eclipse.kura.security;

import java.util.Map;
import org.osgi.service.event.Event;

/** The flooding protection was configured. */
public class FloodingProtectionConfigurationChangeEvent extends Event {

  public static final String FP_EVENT_CONFIG_CHANGE_TOPIC =
      "org/eclipse/kura/floodingprotection/event/FP_EVENT_CONFIG_CHANGE_TOPIC";

  public FloodingProtectionConfigurationChangeEvent(Map<String, ?> properties) {
    super(FP_EVENT_CONFIG_CHANGE_TOPIC, properties);
  }
}

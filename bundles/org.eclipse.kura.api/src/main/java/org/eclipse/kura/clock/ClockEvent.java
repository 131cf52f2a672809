package org.eclipse.kura.clock;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.event.Event;

/** The clock was set. */
@ProviderType
public class ClockEvent extends Event {

  public static final String CLOCK_EVENT_TOPIC = "org/eclipse/kura/clock";

  public ClockEvent(Map<String, ?> properties) {
    super(CLOCK_EVENT_TOPIC, properties);
  }
}

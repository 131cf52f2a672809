package org.eclipse.kura.position;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.event.Event;

/** The position is known. */
@ProviderType
public class PositionLockedEvent extends Event {

  public static final String POSITION_LOCKED_EVENT_TOPIC = "org/eclipse/kura/position/locked";

  public PositionLockedEvent(Map<String, ?> properties) {
    super(POSITION_LOCKED_EVENT_TOPIC, properties);
  }
}

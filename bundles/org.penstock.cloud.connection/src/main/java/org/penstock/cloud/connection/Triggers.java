package org.penstock.cloud.connection;

import java.util.function.Supplier;
import org.eclipse.kura.position.PositionLockedEvent;
import org.eclipse.kura.security.tamper.detection.TamperEvent;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventHandler;

/** What happens on this gateway that a BIRTH message tells of. */
final class Triggers implements EventHandler {

  private static final String INSTALL = "org/osgi/service/deployment/INSTALL";
  private static final String UNINSTALL = "org/osgi/service/deployment/UNINSTALL";

  private final Supplier<Options> options;
  private final Session session;

  Triggers(Supplier<Options> options, Session session) {
    this.options = options;
    this.session = session;
  }

  static String[] topics() {
    return new String[] {
      INSTALL,
      UNINSTALL,
      PositionLockedEvent.POSITION_LOCKED_EVENT_TOPIC,
      TamperEvent.TAMPER_EVENT_TOPIC
    };
  }

  @Override
  public void handleEvent(Event event) {
    CloudServiceConfig config = options.get().config();
    boolean wanted =
        switch (event.getTopic()) {
          case PositionLockedEvent.POSITION_LOCKED_EVENT_TOPIC ->
              config.republish_mqtt_birth_cert_on_gps_lock();
          case TamperEvent.TAMPER_EVENT_TOPIC -> config.republish_mqtt_birth_cert_on_tamper_event();
          default -> true;
        };
    if (wanted) {
      session.changed(LifeCycle.Kind.BIRTH);
    }
  }
}

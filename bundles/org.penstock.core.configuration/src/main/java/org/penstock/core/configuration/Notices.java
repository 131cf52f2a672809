package org.penstock.core.configuration;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.kura.audit.AuditContext;
import org.eclipse.kura.core.configuration.ConfigurationChangeEvent;
import org.osgi.service.event.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells others what was changed: the audit log, and the event for the session that did it. */
final class Notices {

  private static final Logger AUDIT = LoggerFactory.getLogger("AuditLogger");
  private static final String SESSION = "session.id";

  private final Consumer<Event> events;

  Notices(Consumer<Event> events) {
    this.events = events;
  }

  /** One line for the call: who, what. */
  void audit(String call, String detail) {
    if (AUDIT.isInfoEnabled()) {
      AUDIT.info("{} ConfigurationService - {} {}", AuditContext.currentOrInternal(), call, detail);
    }
  }

  /** Posts the change event when the caller's audit context has a session. */
  void changed(String pid) {
    Optional<String> session = AuditContext.current().map(c -> c.getProperties().get(SESSION));
    session.ifPresent(
        id ->
            events.accept(
                new Event(
                    ConfigurationChangeEvent.CONF_CHANGE_EVENT_TOPIC,
                    Map.of(
                        ConfigurationChangeEvent.CONF_CHANGE_EVENT_SESSION_PROP,
                        id,
                        ConfigurationChangeEvent.CONF_CHANGE_EVENT_PID_PROP,
                        pid))));
  }
}

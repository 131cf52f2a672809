package org.eclipse.kura.core.configuration;

/** A configuration was changed. */
public class ConfigurationChangeEvent extends org.osgi.service.event.Event {
  public static final java.lang.String CONF_CHANGE_EVENT_TOPIC =
      "org/eclipse/kura/core/configuration/event/CONF_CHANGE_EVENT_TOPIC";
  public static final java.lang.String CONF_CHANGE_EVENT_SESSION_PROP = "session";
  public static final java.lang.String CONF_CHANGE_EVENT_PID_PROP = "pid";

  public ConfigurationChangeEvent(java.util.Map<java.lang.String, ?> a0) {
    super("x/y", java.util.Map.<String, Object>of());
  }
}

package org.penstock.api.health;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The states of all sources together. Any thread may call. */
@ProviderType
public interface Health {

  /** The worst level of all sources; {@link HealthState.Level#STARTING} until the gateway is ready. */
  HealthState.Level level();

  /** Every bundle is active, the configuration is applied and no source is starting. */
  boolean ready();

  /** States by source name, in order of name. */
  Map<String, HealthState> states();
}

package org.penstock.api.health;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One thing whose state shows on the health page; register it as an OSGi service. The gateway is
 * ready when no registered source is at {@link HealthState.Level#STARTING}.
 */
@ConsumerType
public interface HealthSource {

  /** {@code <room>/<thing>/<instance pid>}, for example {@code cloud/data/DataService}. */
  String name();

  /** The state now. Any thread may call; returns at once without I/O or locks held during I/O. */
  HealthState health();
}

package org.penstock.driver.zigbee;

import java.util.function.Supplier;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;

/** The link's health, and what of the configuration has no effect although the link is well. */
record ZigbeeHealth(HealthSource link, Supplier<String> ignored) implements HealthSource {

  @Override
  public String name() {
    return link.name();
  }

  @Override
  public HealthState health() {
    HealthState state = link.health();
    String text = ignored.get();
    return state.level() == HealthState.Level.OK && !text.isEmpty()
        ? new HealthState(HealthState.Level.DEGRADED, text, state.since(), state.figures())
        : state;
  }
}

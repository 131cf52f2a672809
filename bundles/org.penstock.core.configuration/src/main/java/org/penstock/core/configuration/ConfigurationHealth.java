package org.penstock.core.configuration;

import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;

/** The configuration's line on the health page; there before anything else of this bundle is. */
@Component(service = {HealthSource.class, ConfigurationHealth.class})
public final class ConfigurationHealth implements HealthSource {

  private final Board board = new Board(Clock.systemUTC());

  /** Called by the component runtime. */
  @Activate
  public ConfigurationHealth() {}

  Board board() {
    return board;
  }

  @Override
  public String name() {
    return "core/configuration";
  }

  @Override
  public HealthState health() {
    return board.health();
  }
}

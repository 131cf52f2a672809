package org.penstock.driver.kit;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.penstock.api.driver.LinkState;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;

/**
 * Shows a link on the health page; the driver's component registers it as a {@link HealthSource}
 * service. Where nobody looks for health sources, as on Kura, it does no harm.
 */
public final class LinkHealth implements HealthSource {

  private final String name;
  private final Supplier<LinkState> state;
  private final Supplier<Map<String, Object>> figures;

  /**
   * A source for one link.
   *
   * @param name {@code driver/<thing>/<instance pid>}
   * @param state the link's state, for example {@code supervisor::state}
   * @param figures counters, for example {@code statistics::figures}
   */
  public LinkHealth(String name, Supplier<LinkState> state, Supplier<Map<String, Object>> figures) {
    this.name = name;
    this.state = state;
    this.figures = figures;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public HealthState health() {
    LinkState now = state.get();
    Map<String, Object> shown = new HashMap<>(figures.get());
    shown.put("link", now.phase().name().toLowerCase(java.util.Locale.ROOT));
    HealthState.Level level =
        now.phase() == LinkState.Phase.OFFLINE ? HealthState.Level.DEGRADED : HealthState.Level.OK;
    return new HealthState(level, now.reason(), now.since(), shown);
  }
}

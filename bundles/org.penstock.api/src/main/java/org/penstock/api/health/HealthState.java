package org.penstock.api.health;

import java.time.Instant;
import java.util.Map;

/**
 * The state of one thing on the health page.
 *
 * @param level how well it is
 * @param reason what is wrong and what to do, in words; empty when all is well
 * @param since when this level and reason began
 * @param figures counters and gauges by dotted lower-case name, numbers or strings, never null
 */
public record HealthState(Level level, String reason, Instant since, Map<String, Object> figures) {

  /** How well a thing is, from best to worst. */
  public enum Level {
    /** Works. */
    OK,
    /** Not yet ready, and on its way. */
    STARTING,
    /** Works in part, or is trying again by itself. */
    DEGRADED,
    /** Does not work and needs somebody. */
    FAILED
  }

  public HealthState {
    figures = Map.copyOf(figures);
  }
}

package org.penstock.flow.wires.component;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;

/** How one component is, with its figures. Any thread may call. */
final class Condition implements HealthSource {

  private record Shown(Level level, String reason, Instant since) {}

  private final String name;
  private final Supplier<Map<String, Object>> figures;
  private final AtomicReference<Shown> shown =
      new AtomicReference<>(new Shown(Level.OK, "", Instant.now()));

  Condition(String name, Supplier<Map<String, Object>> figures) {
    this.name = name;
    this.figures = figures;
  }

  /**
   * Is so from now on.
   *
   * @return true when the level is another than before
   */
  boolean is(Level level, String reason) {
    Shown before =
        shown.getAndUpdate(
            old ->
                old.level() == level && old.reason().equals(reason)
                    ? old
                    : new Shown(level, reason, Instant.now()));
    return before.level() != level;
  }

  /** Is well from now on. */
  boolean isWell() {
    return shown.get().level() != Level.OK && is(Level.OK, "");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public HealthState health() {
    Shown now = shown.get();
    return new HealthState(now.level(), now.reason(), now.since(), figures.get());
  }
}

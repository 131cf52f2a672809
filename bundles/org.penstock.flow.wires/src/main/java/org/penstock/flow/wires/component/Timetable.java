package org.penstock.flow.wires.component;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.penstock.api.cron.Cron;

/**
 * When a timer ticks. Unchangeable.
 *
 * @param first until the first tick, without cron
 * @param period between ticks, without cron
 * @param cron the time table, for timers that have one
 */
record Timetable(Duration first, Duration period, Optional<Cron> cron) {

  private enum Type {
    SIMPLE,
    CRON
  }

  private enum Unit {
    MILLISECONDS(ChronoUnit.MILLIS),
    SECONDS(ChronoUnit.SECONDS),
    MINUTES(ChronoUnit.MINUTES),
    HOURS(ChronoUnit.HOURS),
    DAYS(ChronoUnit.DAYS);

    private final ChronoUnit unit;

    Unit(ChronoUnit unit) {
      this.unit = unit;
    }

    Duration of(int count) {
      return Duration.of(count, unit);
    }
  }

  private enum First {
    DEFAULT,
    CUSTOM
  }

  /**
   * Reads it; what is missing has its default.
   *
   * @throws IllegalArgumentException with the key, the value and what is allowed
   */
  static Timetable parse(Settings settings) {
    if (settings.choice(TimerConfig.TYPE, Type.SIMPLE) == Type.CRON) {
      Cron cron = Cron.parse(settings.text(TimerConfig.CRON, "0/10 * * * * ?"));
      return new Timetable(Duration.ZERO, Duration.ofSeconds(1), Optional.of(cron));
    }
    Unit unit = settings.choice(TimerConfig.UNIT, Unit.SECONDS);
    Duration period = unit.of(settings.number(TimerConfig.INTERVAL, 10, 1, 100_000_000));
    Duration first =
        settings.choice(TimerConfig.FIRST_POLICY, First.DEFAULT) == First.CUSTOM
            ? unit.of(settings.number(TimerConfig.FIRST_INTERVAL, 0, 0, 100_000_000))
            : period;
    return new Timetable(first, period, Optional.empty());
  }
}

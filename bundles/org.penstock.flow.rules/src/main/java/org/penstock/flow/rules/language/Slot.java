package org.penstock.flow.rules.language;

import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;

/** The place of one referred channel in a program. Used by one thread at a time. */
public final class Slot {

  private static final long NEVER = Long.MIN_VALUE;

  /** One state, with its value in all forms. */
  private record Datum(
      ChannelState state,
      Quality.Level level,
      String reason,
      long at,
      long goodAt,
      boolean truth,
      long whole,
      double real,
      String text) {

    Datum moved(long millis) {
      long now = at == NEVER ? NEVER : at + millis;
      long good = goodAt == NEVER ? NEVER : goodAt + millis;
      return new Datum(state, level, reason, now, good, truth, whole, real, text);
    }
  }

  private final String name;
  private final Type type;
  private Datum datum;
  private long version;

  Slot(String name, Type type) {
    this.name = name;
    this.type = type;
    this.datum = none("was never read", NEVER);
  }

  private static Datum none(String reason, long goodAt) {
    return new Datum(null, Quality.Level.BAD, reason, NEVER, goodAt, false, 0, 0, "");
  }

  /** The channel as {@code asset/channel}. */
  public String name() {
    return name;
  }

  Type type() {
    return type;
  }

  Quality.Level level() {
    return datum.level();
  }

  String reason() {
    return datum.reason();
  }

  /** The time of the last datum, good or not, in milliseconds; the least long before the first. */
  public long at() {
    return datum.at();
  }

  long goodAt() {
    return datum.goodAt();
  }

  boolean everGood() {
    return datum.goodAt() != NEVER;
  }

  /** Grows with each datum. */
  long version() {
    return version;
  }

  boolean truth() {
    return datum.truth();
  }

  long whole() {
    return datum.whole();
  }

  double real() {
    return datum.real();
  }

  String text() {
    return datum.text();
  }

  /** The state that was loaded last, or null. */
  public ChannelState state() {
    return datum.state();
  }

  /** Takes a state; the same one again is no new datum. */
  public void load(ChannelState next) {
    load(next, next == null ? NEVER : next.at().toEpochMilli());
  }

  /** The same for a state whose time is known better than by its stamp. */
  public void load(ChannelState next, long at) {
    ChannelState state = datum.state();
    if (next == state || next != null && next.equals(state)) {
      return;
    }
    version++;
    datum = next == null ? none("is not there", datum.goodAt()) : datum(next, at);
  }

  /** Looks at a state that is older than the one that is there, which stays. */
  void aside(ChannelState late, long at, Runnable look) {
    Datum before = datum;
    datum = datum(late, at);
    look.run();
    datum = before;
  }

  /** The clock was set by so many milliseconds: what is known moves along. */
  void shift(long millis) {
    datum = datum.moved(millis);
  }

  private Datum datum(ChannelState next, long at) {
    Quality.Level level = next.quality().level();
    if (level == Quality.Level.BAD || next.lastGood().isEmpty()) {
      return bad(next, at, next.quality().reason());
    }
    Object raw = next.lastGood().get().getValue();
    String reason = next.quality().reason();
    if (type.isNumber() && raw instanceof Number number) {
      double real = number.doubleValue();
      return Double.isFinite(real)
          ? new Datum(next, level, reason, at, at, false, number.longValue(), real, "")
          : bad(next, at, "is " + real);
    }
    if (type == Type.TRUTH && raw instanceof Boolean flag) {
      return new Datum(next, level, reason, at, at, flag, 0, 0, "");
    }
    if (type == Type.TEXT && raw instanceof String text) {
      return new Datum(next, level, reason, at, at, false, 0, 0, text);
    }
    return type == Type.BYTES
        ? new Datum(next, level, reason, at, at, false, 0, 0, "")
        : bad(
            next,
            at,
            "is now of type %s; save the expression again"
                .formatted(next.lastGood().get().getType()));
  }

  private Datum bad(ChannelState state, long at, String reason) {
    return new Datum(state, Quality.Level.BAD, reason, at, datum.goodAt(), false, 0, 0, "");
  }

  /** Notes in the run that the value is missing or doubtful. */
  boolean usable(Run run) {
    Datum now = datum;
    if (now.level() == Quality.Level.GOOD) {
      return true;
    }
    if (now.level() == Quality.Level.BAD) {
      run.fail(() -> name + ": " + now.reason());
      return false;
    }
    run.doubt(this);
    return true;
  }
}

package org.penstock.flow.rules.alarm;

/**
 * One line of the journal. What does not apply is empty or 0.
 *
 * @param at milliseconds since 1970
 * @param name the alarm's; empty for floods
 * @param by who, for what persons do
 * @param until when a shelving ends
 * @param state of the alarm afterwards
 */
record Entry(
    Kind kind,
    long at,
    String name,
    String priority,
    String message,
    String group,
    String source,
    String by,
    String comment,
    long until,
    String state) {

  /** What has happened. */
  enum Kind {
    RAISED,
    CLEARED,
    ACKNOWLEDGED,
    SHELVED,
    UNSHELVED,
    SUPPRESSED,
    RELEASED,
    TAKEN_OUT,
    PUT_BACK,
    FLOOD_BEGAN,
    FLOOD_ENDED;

    /** A person did it. */
    boolean isPersons() {
      return switch (this) {
        case ACKNOWLEDGED, SHELVED, UNSHELVED, TAKEN_OUT, PUT_BACK -> true;
        default -> false;
      };
    }
  }

  /** A thing that happened to an alarm by itself. */
  static Entry of(Kind kind, String name, long at) {
    return new Entry(kind, at, name, "", "", "", "", "", "", 0, "");
  }

  /** The same with what did it. */
  Entry from(String what) {
    return new Entry(kind, at, name, priority, message, group, what, by, comment, until, state);
  }

  /** A thing that somebody did. */
  static Entry by(Kind kind, String name, long at, String who, String comment, long until) {
    return new Entry(kind, at, name, "", "", "", "", who, comment, until, "");
  }

  Entry with(Alarm.State after) {
    return new Entry(
        kind, at, name, priority, message, group, source, by, comment, until, after.name());
  }
}

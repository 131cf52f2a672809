package org.penstock.flow.rules.alarm;

/**
 * One alarm as it is. Times are milliseconds since 1970, 0 for never.
 *
 * @param source what raises it
 * @param active the abnormal condition is there
 * @param acknowledged somebody has seen it
 * @param shelvedUntil when an operator's shelving ends
 * @param suppressed by design: by a rule
 * @param suppressedBy which one, empty or null for none
 * @param outOfService for maintenance, until somebody puts it back
 * @param firstOut it was the first of its group since all of them were normal
 * @param raised how often
 */
record Alarm(
    String name,
    String priority,
    String message,
    String group,
    String source,
    boolean active,
    boolean acknowledged,
    long shelvedUntil,
    boolean suppressed,
    String suppressedBy,
    boolean outOfService,
    boolean firstOut,
    long activeAt,
    long changedAt,
    String by,
    String comment,
    long raised) {

  /** States of ISA-18.2. */
  enum State {
    NORMAL,
    UNACKNOWLEDGED,
    ACKNOWLEDGED,
    RETURNED_UNACKNOWLEDGED,
    SHELVED,
    SUPPRESSED,
    OUT_OF_SERVICE
  }

  static Alarm unknown(String name) {
    return new Alarm(
        name, "MEDIUM", "", "", "", false, true, 0, false, "", false, false, 0, 0, "", "", 0);
  }

  State state() {
    if (outOfService) {
      return State.OUT_OF_SERVICE;
    }
    if (suppressed) {
      return State.SUPPRESSED;
    }
    if (shelvedUntil != 0) {
      return State.SHELVED;
    }
    if (active) {
      return acknowledged ? State.ACKNOWLEDGED : State.UNACKNOWLEDGED;
    }
    return acknowledged ? State.NORMAL : State.RETURNED_UNACKNOWLEDGED;
  }

  /** It is not announced: shelved, suppressed, or out of service. */
  boolean isSilent() {
    return outOfService || suppressed || shelvedUntil != 0;
  }

  /** What has happened to it. */
  Alarm after(Entry entry, boolean first) {
    boolean raises = entry.kind() == Entry.Kind.RAISED;
    boolean nowActive = raises || active && entry.kind() != Entry.Kind.CLEARED;
    boolean nowAcknowledged =
        switch (entry.kind()) {
          case RAISED -> active && acknowledged;
          case ACKNOWLEDGED -> true;
          default -> acknowledged;
        };
    boolean person = entry.kind().isPersons();
    return new Alarm(
        name,
        raises ? entry.priority() : priority,
        raises ? entry.message() : message,
        raises ? entry.group() : group,
        raises ? entry.source() : source,
        nowActive,
        nowAcknowledged,
        switch (entry.kind()) {
          case SHELVED -> entry.until();
          case UNSHELVED -> 0;
          default -> shelvedUntil;
        },
        flag(entry, suppressed, Entry.Kind.SUPPRESSED, Entry.Kind.RELEASED),
        switch (entry.kind()) {
          case SUPPRESSED -> entry.source();
          case RELEASED -> "";
          default -> suppressedBy;
        },
        flag(entry, outOfService, Entry.Kind.TAKEN_OUT, Entry.Kind.PUT_BACK),
        raises && !active ? first : firstOut && (nowActive || !nowAcknowledged),
        raises && !active ? entry.at() : activeAt,
        entry.at(),
        person ? entry.by() : by,
        person ? entry.comment() : comment,
        raised + (raises && !active ? 1 : 0));
  }

  private static boolean flag(Entry entry, boolean now, Entry.Kind on, Entry.Kind off) {
    return entry.kind() == on || now && entry.kind() != off;
  }
}

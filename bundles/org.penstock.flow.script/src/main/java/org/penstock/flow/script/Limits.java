package org.penstock.flow.script;

import org.penstock.api.script.ScriptException.Reason;

/** What a script may do in one run and in one step. */
final class Limits {

  /** CPU time of a run. */
  static final long CPU_NANOS = 100_000_000L;

  /** A run is ended at this age even if it had to wait for the CPU. */
  static final long WALL_NANOS = 180_000_000L;

  /** Bytes allocated in a run. */
  static final long BYTES = 32L * 1024 * 1024;

  /** Bytes that globals hold from run to run. */
  static final long HELD = 8L * 1024 * 1024;

  /** Calls within calls. */
  static final int DEPTH = 400;

  /** Instructions between two looks at the clock. */
  static final int TICK = 2_000;

  /** Characters of a text, and of a source. */
  static final int TEXT = 65_536;

  /** Elements of a list. */
  static final int LIST = 10_000;

  /** Steps within one native function, for example comparisons of characters. */
  static final long WORK = 4_000_000;

  private Limits() {}

  static Stop tooLarge(String what, long is, long most) {
    return new Stop(
        Reason.SIZE, "%s would be %d, more than the %d allowed".formatted(what, is, most));
  }

  static void text(String what, long length) {
    if (length > TEXT) {
      throw tooLarge("length of " + what, length, TEXT);
    }
  }

  static void list(String what, long length) {
    if (length > LIST) {
      throw tooLarge("elements of " + what, length, LIST);
    }
  }

  static void work(String what, long steps) {
    if (steps > WORK) {
      throw tooLarge("steps of " + what, steps, WORK);
    }
  }
}

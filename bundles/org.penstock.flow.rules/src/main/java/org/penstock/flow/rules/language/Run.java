package org.penstock.flow.rules.language;

import java.util.function.Supplier;

/** What one evaluation knows besides the slots. Used by one thread at a time. */
final class Run {

  private static final int LONGEST_TEXT = 4096;

  private long now;
  private Supplier<String> fault;
  private Slot doubtful;

  /** Milliseconds since 1970. */
  long now() {
    return now;
  }

  /** The clock was set: it is this time now. */
  void set(long millis) {
    now = millis;
  }

  void begin(long millis) {
    now = millis;
    fault = null;
    doubtful = null;
  }

  /** There is no value; the first reason counts. */
  void fail(Supplier<String> reason) {
    if (fault == null) {
      fault = reason;
    }
  }

  boolean failed() {
    return fault != null;
  }

  Supplier<String> fault() {
    return fault;
  }

  /** Puts back what {@link #fault} gave before. */
  void restore(Supplier<String> before) {
    fault = before;
  }

  /** A value was used that is uncertain. */
  void doubt(Slot slot) {
    doubtful = slot;
  }

  Slot doubtful() {
    return doubtful;
  }

  void restoreDoubt(Slot before) {
    doubtful = before;
  }

  /** A number that must be one. */
  double finite(double value, int at) {
    if (!Double.isFinite(value)) {
      fail(() -> "character " + (at + 1) + ": the result is no number, or too great");
      return 0;
    }
    return value;
  }

  /** A text that must not be too long. */
  String bounded(String value, int at) {
    if (value.length() > LONGEST_TEXT) {
      fail(() -> "character " + (at + 1) + ": the text is longer than " + LONGEST_TEXT);
      return "";
    }
    return value;
  }
}

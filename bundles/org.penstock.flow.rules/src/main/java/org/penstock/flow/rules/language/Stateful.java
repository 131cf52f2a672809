package org.penstock.flow.rules.language;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A part of a program that remembers. All of them are fed in each evaluation, the inner ones first,
 * whether or not their value is needed, so that what they saw does not depend on other parts.
 */
interface Stateful {

  /** No time at all. */
  long NEVER = Long.MAX_VALUE;

  /** Looks at its arguments as they are now. A fault of theirs is not the run's. */
  void feed();

  /** An older value of a channel has come late; the slot has it while this is called. */
  default void late(Slot slot) {
    // what is no window looks at the newest value only
  }

  /** The clock was set by so many milliseconds, and the run's time with it: times move along. */
  default void shift(long millis) {
    // what remembers no time has nothing to move
  }

  /** When its value changes by time alone, in milliseconds; {@link #NEVER} when it does not. */
  long due();

  /** Writes what it remembers. */
  void save(DataOutput out) throws IOException;

  /** Remembers what {@link #save} wrote. */
  void load(DataInput in) throws IOException;
}

package org.penstock.flow.rules.language;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** {@code absent(channel, T)}: no good value came for T; before the first, since the first look. */
final class Silence implements Stateful {

  private static final long NONE = Long.MIN_VALUE;

  private final Run run;
  private final Slot slot;
  private final long span;
  private long since = NONE;

  Silence(Run run, Slot slot, long span) {
    this.run = run;
    this.slot = slot;
    this.span = span;
  }

  @Override
  public void feed() {
    if (slot.everGood()) {
      since = Math.max(since, slot.goodAt());
    } else if (since == NONE) {
      since = run.now();
    }
  }

  boolean truth() {
    return run.now() - since >= span;
  }

  @Override
  public void shift(long millis) {
    since += since == NONE ? 0 : millis;
  }

  @Override
  public long due() {
    return since == NONE || truth() ? NEVER : since + span;
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeLong(since);
  }

  @Override
  public void load(DataInput in) throws IOException {
    since = in.readLong();
  }
}

package org.penstock.flow.rules.language;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A truth value and how long it has been so: {@code held} and {@code lingers}. */
final class Lasting implements Stateful {

  private static final long NONE = Long.MIN_VALUE;

  private final Run run;
  private final Watched condition;
  private final long span;
  private final boolean lingering;
  private boolean now;
  private long since = NONE;

  /**
   * @param lingering true: stays true that long after it was; false: is true only after that long
   */
  Lasting(Run run, Watched condition, long span, boolean lingering) {
    this.run = run;
    this.condition = condition;
    this.span = span;
    this.lingering = lingering;
  }

  @Override
  public void feed() {
    now = condition.truth() && condition.fault() == null;
    if (lingering) {
      since = now ? run.now() : since;
    } else if (!now) {
      since = NONE; // a value that is bad proves nothing: the time begins anew
    } else if (since == NONE) {
      since = run.now();
    }
  }

  boolean truth() {
    if (condition.fault() != null) {
      run.fail(condition.fault());
      return false;
    }
    return since != NONE
        && (lingering ? now || run.now() - since < span : run.now() - since >= span);
  }

  @Override
  public void shift(long millis) {
    since += since == NONE ? 0 : millis;
  }

  @Override
  public long due() {
    boolean waits = since != NONE && run.now() - since < span && now != lingering;
    return waits ? since + span : NEVER;
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

package org.penstock.flow.rules.language;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * {@code sequence(a, b, T)}: b becomes true at most T after a became true. {@code missing(a, b, T)}:
 * T has passed since a became true, and b has not. True in one evaluation only. What becomes true
 * first is looked at, not what is: both are edges.
 */
final class Sequence implements Stateful {

  private static final long NONE = Long.MIN_VALUE;

  private final Run run;
  private final Watched first;
  private final Watched second;
  private final long span;
  private final boolean absent;
  private boolean wasFirst;
  private boolean wasSecond;
  private long armed = NONE;
  private boolean fired;

  Sequence(Run run, Watched first, Watched second, long span, boolean absent) {
    this.run = run;
    this.first = first;
    this.second = second;
    this.span = span;
    this.absent = absent;
  }

  @Override
  public void feed() {
    boolean a = first.truth();
    boolean firstKnown = first.fault() == null;
    boolean b = second.truth();
    boolean secondKnown = second.fault() == null;
    fired = false;
    boolean over = armed != NONE && run.now() - armed >= span;
    if (absent && over) {
      fired = true;
      armed = NONE;
    } else if (!absent && armed != NONE && run.now() - armed > span) {
      armed = NONE;
    }
    if (secondKnown && b && !wasSecond && armed != NONE) {
      fired = !absent;
      armed = NONE;
    }
    if (firstKnown && a && !wasFirst) {
      armed = run.now();
    }
    wasFirst = firstKnown ? a : wasFirst;
    wasSecond = secondKnown ? b : wasSecond;
  }

  boolean truth() {
    return fired;
  }

  @Override
  public void shift(long millis) {
    armed += armed == NONE ? 0 : millis;
  }

  @Override
  public long due() {
    if (fired) {
      return run.now();
    }
    return absent && armed != NONE ? armed + span : NEVER;
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeBoolean(wasFirst);
    out.writeBoolean(wasSecond);
    out.writeLong(armed);
  }

  @Override
  public void load(DataInput in) throws IOException {
    wasFirst = in.readBoolean();
    wasSecond = in.readBoolean();
    armed = in.readLong();
  }
}

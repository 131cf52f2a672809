package org.penstock.flow.rules.language;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is true in one evaluation only: {@code rises}, {@code falls}, {@code changed}. What was bad
 * is passed over: the last value that was not counts.
 */
final class Edge implements Stateful {

  /** What is looked for. */
  enum Kind {
    RISES,
    FALLS,
    CHANGED
  }

  private final Run run;
  private final Watched argument;
  private final Kind kind;
  private final double band;
  private Double last;
  private boolean fired;

  /**
   * @param band what a change must exceed, 0 for any
   */
  Edge(Run run, Watched argument, Kind kind, double band) {
    this.run = run;
    this.argument = argument;
    this.kind = kind;
    this.band = band;
  }

  @Override
  public void feed() {
    double value = argument.real();
    if (argument.fault() != null) {
      fired = false;
      return;
    }
    fired =
        last != null
            && switch (kind) {
              case RISES -> value > last;
              case FALLS -> value < last;
              case CHANGED -> Math.abs(value - last) > band;
            };
    if (last == null || kind != Kind.CHANGED || fired) {
      last = value;
    }
  }

  boolean truth() {
    if (argument.fault() != null) {
      run.fail(argument.fault());
    }
    return fired;
  }

  @Override
  public long due() {
    return fired ? run.now() : NEVER; // it ends by itself
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeBoolean(last != null);
    out.writeDouble(last == null ? 0 : last);
  }

  @Override
  public void load(DataInput in) throws IOException {
    boolean known = in.readBoolean();
    double value = in.readDouble();
    last = known ? value : null;
  }
}

package org.penstock.flow.rules.language;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** {@code hysteresis(x, on, off)} and {@code deadband(x, width)}. */
final class Band implements Stateful {

  private final Run run;
  private final Watched argument;
  private final double on;
  private final double off;
  private final boolean holding;
  private boolean active;
  private Double held;

  /**
   * @param on where it becomes true; of a deadband its width
   * @param off where it becomes false; below {@code on}, or above for what must not fall low
   * @param holding a deadband: the value is kept until it moves further than that
   */
  Band(Run run, Watched argument, double on, double off, boolean holding) {
    this.run = run;
    this.argument = argument;
    this.on = on;
    this.off = off;
    this.holding = holding;
  }

  @Override
  public void feed() {
    double value = argument.real();
    if (argument.fault() != null) {
      return;
    }
    if (holding) {
      held = held == null || Math.abs(value - held) > on ? value : held;
    } else if (on >= off) {
      active = active ? value > off : value >= on;
    } else {
      active = active ? value < off : value <= on;
    }
  }

  boolean truth() {
    fault();
    return active;
  }

  double real() {
    fault();
    return held == null ? 0 : held;
  }

  private void fault() {
    if (argument.fault() != null) {
      run.fail(argument.fault());
    }
  }

  @Override
  public long due() {
    return NEVER;
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeBoolean(held != null);
    out.writeBoolean(active);
    out.writeDouble(held == null ? 0 : held);
  }

  @Override
  public void load(DataInput in) throws IOException {
    boolean known = in.readBoolean();
    active = in.readBoolean();
    double value = in.readDouble();
    held = known ? value : null;
  }
}

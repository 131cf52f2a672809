package org.penstock.flow.rules.rule;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.penstock.api.driver.ChannelState;
import org.penstock.flow.rules.language.Program;
import org.penstock.flow.rules.language.Slot;

/**
 * A rule's time and state, without threads and clock: values come with their times, and it says when
 * it must be looked at again. The rule's time never runs backwards, but when it is told that the clock
 * was set: then all times move with it, and what has elapsed stays as it is. One thread at a time.
 */
final class RuleCore {

  /** No time at all. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long NONE = Long.MIN_VALUE;
  private static final int FORMAT = 1;
  private static final int MOST_STEPS = 1000;
  private static final long SETTLING = 30_000;

  /** What is told; the time is that at which it became so. */
  interface Told {
    /** Became active. */
    void began(long at);

    /** Is active, and acts again. */
    void goesOn(long at);

    /** Is no longer active. */
    void ended(long at);
  }

  /**
   * Where it stands.
   *
   * @param raw what the expression said last
   * @param since since when; none while that is what the rule is
   */
  private record Phase(boolean raw, long since, boolean active, long activeSince, long lastAct) {

    Phase raw(boolean value, long at) {
      return new Phase(value, at, active, activeSince, lastAct);
    }

    Phase acted(long at) {
      return new Phase(raw, since, active, activeSince, at);
    }

    Phase shifted(long millis) {
      return new Phase(
          raw,
          RuleCore.shifted(since, millis),
          active,
          RuleCore.shifted(activeSince, millis),
          RuleCore.shifted(lastAct, millis));
    }
  }

  private final Program program;
  private final RuleDefinition.Timing timing;
  private final Told told;
  private long now = NONE;
  private Phase phase = new Phase(false, NONE, false, NONE, NONE);
  private boolean bad;
  private long changes;
  private long settlesUntil = NONE;

  RuleCore(Program program, RuleDefinition.Timing timing, Told told) {
    this.program = program;
    this.timing = timing;
    this.told = told;
  }

  /** A value for one of the expression's channels, and its time. */
  record Arrival(Slot slot, ChannelState state, long at) {

    Arrival(Slot slot, ChannelState state) {
      this(slot, state, state.at().toEpochMilli());
    }
  }

  private static long shifted(long time, long millis) {
    return time == NONE ? NONE : time + millis;
  }

  /** The clock was set by so many milliseconds: the rule's time goes with it, and all it remembers. */
  void shift(long millis) {
    now = shifted(now, millis);
    phase = phase.shifted(millis);
    settlesUntil = shifted(settlesUntil, millis);
    program.shift(millis, now);
    changes++;
  }

  /**
   * Values have come together. What is older than the one known counts in windows only; what is of
   * the future is of now.
   */
  void take(List<Arrival> arrivals, long wall) {
    long newest = now;
    for (Arrival arrival : arrivals) {
      newest = Math.max(newest, Math.min(arrival.at(), wall));
    }
    catchUp(newest);
    for (Arrival arrival : arrivals) {
      Slot slot = arrival.slot();
      long at = Math.min(arrival.at(), wall);
      if (slot.state() != null && at < slot.at()) {
        program.late(slot, arrival.state(), at);
      } else {
        slot.load(arrival.state(), at);
      }
    }
    look(newest);
  }

  /** Time goes on, to that time. */
  void advance(long wall) {
    catchUp(wall);
    if (wall > now || due() <= now) {
      look(wall);
    }
  }

  /** What falls due before that time happens first, each at its time; so many at most. */
  private void catchUp(long until) {
    int most = MOST_STEPS;
    while (now != NONE && !settles(now) && due() < until && most > 0) {
      long next = Math.max(now, due());
      look(next);
      most--;
    }
  }

  private void look(long time) {
    if (settles(time)) {
      return;
    }
    settlesUntil = NONE;
    now = Math.max(now, time);
    program.step(now);
    boolean value = program.truth();
    bad = program.isBad();
    if (bad) {
      switch (timing.badInput()) {
        case HOLD -> {
          if (phase.raw() != phase.active()) {
            // what is bad proves nothing: a delay that runs begins anew
            phase = phase.raw(phase.active(), NONE);
            changes++;
          }
          skip();
          return;
        }
        case TRUE -> value = true;
        default -> value = false;
      }
    }
    if (value != phase.raw()) {
      phase = phase.raw(value, now);
      changes++;
    }
    if (value != phase.active() && now - phase.since() >= delay()) {
      phase = new Phase(value, phase.since(), value, value ? now : phase.activeSince(), now);
      changes++;
      if (value) {
        told.began(now);
      } else {
        told.ended(now);
      }
    }
    repeat();
  }

  /** After a restart the channels have some time to be read again before anything counts as bad. */
  private boolean settles(long time) {
    return settlesUntil != NONE && time < settlesUntil && !program.isComplete();
  }

  private void repeat() {
    if (phase.active() && timing.repeat() > 0 && now - phase.lastAct() >= timing.repeat()) {
      phase = phase.acted(now);
      told.goesOn(now);
    }
  }

  /** A repetition that falls due while the value is bad does nothing. */
  private void skip() {
    if (phase.active() && timing.repeat() > 0 && now - phase.lastAct() >= timing.repeat()) {
      phase = phase.acted(now);
    }
  }

  private long delay() {
    return phase.raw() ? timing.onDelay() : timing.offDelay();
  }

  /** When it must be looked at again, in milliseconds, if nothing comes until then. */
  long due() {
    if (settlesUntil != NONE) {
      return settlesUntil;
    }
    long due = program.due();
    if (phase.raw() != phase.active()) {
      due = Math.min(due, phase.since() + delay());
    }
    if (phase.active() && timing.repeat() > 0) {
      due = Math.min(due, phase.lastAct() + timing.repeat());
    }
    return due;
  }

  boolean active() {
    return phase.active();
  }

  long activeSince() {
    return phase.activeSince();
  }

  boolean isBad() {
    return bad;
  }

  String reason() {
    return program.reason();
  }

  /** Grows with each change of its state; windows do not count. */
  long changes() {
    return changes;
  }

  byte[] save() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(FORMAT);
      out.writeLong(now);
      out.writeBoolean(phase.raw());
      out.writeLong(phase.since());
      out.writeBoolean(phase.active());
      out.writeLong(phase.activeSince());
      out.writeLong(phase.lastAct());
      out.write(program.save());
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * Goes on with what {@link #save} gave, at that time. When that is before it was saved, one of the
   * two clocks was wrong: then nothing has elapsed, as far as anybody knows.
   */
  void load(byte[] saved, long wall) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved));
    if (in.readByte() != FORMAT) {
      throw new IOException("the state is of another version");
    }
    now = in.readLong();
    phase =
        new Phase(in.readBoolean(), in.readLong(), in.readBoolean(), in.readLong(), in.readLong());
    program.load(in.readAllBytes());
    if (now > wall) {
      shift(wall - now);
    }
    settlesUntil =
        program.isComplete() ? NONE : wall + SETTLING; // one that names no channel waits for none
  }
}

package org.penstock.flow.rules.language;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;
import org.penstock.api.expression.ChannelValues;
import org.penstock.api.expression.Expression;

/** A compiled expression with its slots and what it remembers. Used by one thread at a time. */
public final class Program implements Expression {

  private final Run run;
  private final Code code;
  private final DataType result;
  private final Map<String, Slot> slots;
  private final Set<String> references;
  private final Slot[] order;
  private final Stateful[] stateful;

  Program(Run run, Code code, DataType result, Map<String, Slot> slots, List<Stateful> stateful) {
    this.run = run;
    this.code = code;
    this.result = result;
    this.slots = new LinkedHashMap<>(slots);
    this.references = Set.copyOf(slots.keySet());
    this.order = slots.values().toArray(new Slot[0]);
    this.stateful = stateful.toArray(new Stateful[0]);
  }

  @Override
  public Set<String> references() {
    return references;
  }

  /** The place of a channel; states are loaded there before {@link #step}. */
  public Slot slot(String reference) {
    return slots.get(reference);
  }

  @Override
  public Result evaluate(ChannelValues values, Instant now) {
    for (Slot slot : order) {
      slot.load(values.state(slot.name()).orElse(null));
    }
    step(now.toEpochMilli());
    return value();
  }

  /** Lets what remembers look at the slots as they are at that time. Values may follow. */
  public void step(long millis) {
    run.begin(millis);
    for (Stateful part : stateful) {
      part.feed();
    }
  }

  /** A value has come that is older than the one in the slot: it counts in windows only. */
  public void late(Slot slot, ChannelState state, long at) {
    slot.aside(
        state,
        at,
        () -> {
          for (Stateful part : stateful) {
            part.late(slot);
          }
        });
  }

  /**
   * The clock was set: all times move along, so that what has elapsed stays as it is.
   *
   * @param millis by how much
   * @param now what it is since then
   */
  public void shift(long millis, long now) {
    run.set(now);
    for (Slot slot : order) {
      slot.shift(millis);
    }
    for (Stateful part : stateful) {
      part.shift(millis);
    }
  }

  /** Every channel has had a value that was not bad. */
  public boolean isComplete() {
    for (Slot slot : order) {
      if (!slot.everGood()) {
        return false;
      }
    }
    return true;
  }

  /** After {@link #step}: true or false; what is bad counts as false, and {@link #isBad} tells. */
  public boolean truth() {
    boolean value = code.truth().getAsBoolean();
    return value && !run.failed();
  }

  /** After {@link #truth}: it had no value. */
  public boolean isBad() {
    return run.failed();
  }

  /** After {@link #truth}: why it had no value. */
  public String reason() {
    return run.failed() ? run.fault().get() : "";
  }

  /** After {@link #step}: the value. */
  public Result value() {
    TypedValue<?> value = typed();
    if (run.failed()) {
      return new Result(Optional.empty(), Quality.bad(run.fault().get()));
    }
    Slot doubtful = run.doubtful();
    Quality quality =
        doubtful == null
            ? Quality.GOOD
            : Quality.uncertain(doubtful.name() + ": " + doubtful.reason());
    return new Result(Optional.of(value), quality);
  }

  private TypedValue<?> typed() {
    return switch (result) {
      case BOOLEAN -> TypedValues.newBooleanValue(code.truth().getAsBoolean());
      case INTEGER -> TypedValues.newIntegerValue((int) whole(Integer.MAX_VALUE));
      case LONG -> TypedValues.newLongValue(whole(Long.MAX_VALUE));
      case FLOAT -> TypedValues.newFloatValue((float) real(Float.MAX_VALUE));
      case DOUBLE -> TypedValues.newDoubleValue(real(Double.MAX_VALUE));
      case STRING -> TypedValues.newStringValue(code.text().get());
      case BYTE_ARRAY -> throw new IllegalStateException("refused when compiled");
    };
  }

  private double real(double most) {
    double value = code.real().getAsDouble();
    if (Math.abs(value) > most) {
      run.fail(() -> value + " is too great for " + result);
    }
    return value;
  }

  /** Numbers become whole by rounding. */
  private long whole(long most) {
    double rounded = code.type() == Type.WHOLE ? 0 : Math.floor(code.real().getAsDouble() + 0.5);
    long value = code.type() == Type.WHOLE ? code.whole().getAsLong() : (long) rounded;
    if (value > most || value < -most - 1 || Math.abs(rounded) >= 0x1p63) {
      run.fail(() -> value + " is too great for " + result);
    }
    return value;
  }

  /** When the value changes by time alone, in milliseconds; the greatest long when it does not. */
  public long due() {
    long first = Stateful.NEVER;
    for (Stateful part : stateful) {
      first = Math.min(first, part.due());
    }
    return first;
  }

  /** It remembers something. */
  public boolean remembers() {
    return stateful.length > 0;
  }

  /** What it remembers. */
  public byte[] save() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(stateful.length);
      for (Stateful part : stateful) {
        out.writeUTF(part.getClass().getSimpleName());
        part.save(out);
      }
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * Remembers what {@link #save} gave.
   *
   * @throws IOException when it is another expression's; what was loaded until then counts
   */
  public void load(byte[] saved) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved));
    if (in.readInt() != stateful.length) {
      throw new IOException("the state is another expression's");
    }
    for (Stateful part : stateful) {
      if (!in.readUTF().equals(part.getClass().getSimpleName())) {
        throw new IOException("the state is another expression's");
      }
      part.load(in);
    }
  }
}

package org.penstock.flow.rules.rule;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;
import org.penstock.api.expression.ChannelTypes;

/** Values that are made up, channel by channel, in order of their times; none is kept. One thread at a time. */
final class Signals {

  /** More values than this are not made for one simulation. */
  static final long MOST = 20_000_000;

  private static final int MOST_SIGNALS = 1000;
  private static final long LONGEST = 3650L * 24 * 3600 * 1000;

  /** How a signal goes. */
  enum Shape {
    CONSTANT,
    RAMP,
    SINE,
    SQUARE,
    NOISE
  }

  /**
   * The values of one channel.
   *
   * @param channel asset/channel
   * @param shape CONSTANT: high; RAMP: from low to high in each period; SINE: between the two; SQUARE: high in
   *     the first half of each period; NOISE: anything between the two, evenly, by seed
   * @param low least value; 0 when absent
   * @param high greatest value
   * @param periodMs of RAMP, SINE and SQUARE
   * @param everyMs between two values
   * @param seed of NOISE; 0 when absent
   */
  record Signal(
      String channel,
      String shape,
      Double low,
      Double high,
      Long periodMs,
      Long everyMs,
      Long seed) {}

  /** Signals from one time to another. */
  record Generated(String from, String until, List<Signal> signals) {}

  /** A signal on its way. */
  private static final class Source {
    private final Signal signal;
    private final Shape shape;
    private final DataType type;
    private final SplittableRandom random;
    private final double low;
    private final long begin;
    private long next;

    Source(Signal signal, Shape shape, DataType type, long begin) {
      this.signal = signal;
      this.shape = shape;
      this.type = type;
      this.random = new SplittableRandom(signal.seed() == null ? 0 : signal.seed());
      this.low = signal.low() == null ? 0 : signal.low();
      this.begin = begin;
      this.next = begin;
    }

    private double value() {
      double span = signal.high() - low;
      double phase =
          signal.periodMs() == null
              ? 0
              : (next - begin) % signal.periodMs() / (double) signal.periodMs();
      return switch (shape) {
        case CONSTANT -> signal.high();
        case RAMP -> low + span * phase;
        case SINE -> low + span * (1 + Math.sin(2 * Math.PI * phase)) / 2;
        case SQUARE -> phase < 1.0 / 2 ? signal.high() : low;
        case NOISE -> low + span * random.nextDouble();
      };
    }

    Simulation.Event take() {
      double value = value();
      Instant at = Instant.ofEpochMilli(next);
      next += signal.everyMs();
      TypedValue<?> typed =
          switch (type) {
            case BOOLEAN -> TypedValues.newBooleanValue(value > (low + signal.high()) / 2);
            case INTEGER -> TypedValues.newIntegerValue((int) Math.round(value));
            case LONG -> TypedValues.newLongValue(Math.round(value));
            case FLOAT -> TypedValues.newFloatValue((float) value);
            default -> TypedValues.newDoubleValue(value);
          };
      return new Simulation.Event(
          signal.channel(),
          new ChannelState(Quality.GOOD, at, Optional.of(typed), Optional.of(at)));
    }
  }

  private final PriorityQueue<Source> sources =
      new PriorityQueue<>(
          Comparator.comparingLong((Source source) -> source.next)
              .thenComparing(source -> source.signal.channel()));
  private final long from;
  private final long until;
  private final long count;

  /**
   * Looks at what is asked for.
   *
   * @throws IllegalArgumentException what is wrong with which signal, in words
   */
  Signals(Generated asked, ChannelTypes channels) {
    try {
      from = Instant.parse(String.valueOf(asked.from())).toEpochMilli();
      until = Instant.parse(String.valueOf(asked.until())).toEpochMilli();
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(
          "from and until are times such as 2026-11-27T12:00:00Z, given: %s and %s"
              .formatted(asked.from(), asked.until()),
          wrong);
    }
    if (until <= from || until - from > LONGEST) {
      throw new IllegalArgumentException("until must be after from, by ten years at most");
    }
    List<Signal> signals = asked.signals() == null ? List.of() : asked.signals();
    boolean holes = signals.stream().anyMatch(Objects::isNull);
    if (holes || signals.isEmpty() || signals.size() > MOST_SIGNALS) {
      throw new IllegalArgumentException("give 1 to " + MOST_SIGNALS + " signals");
    }
    List<Source> all = new ArrayList<>();
    long values = 0;
    for (Signal signal : signals) {
      all.add(source(signal, channels));
      values += (until - from - 1) / signal.everyMs() + 1;
    }
    if (values > MOST) {
      throw new IllegalArgumentException(
          "that would be %d values, more than %d: take a shorter time or a longer everyMs"
              .formatted(values, MOST));
    }
    count = values;
    sources.addAll(all);
  }

  private Source source(Signal signal, ChannelTypes channels) {
    String channel = String.valueOf(signal.channel());
    DataType type =
        channels
            .type(channel)
            .orElseThrow(() -> new IllegalArgumentException("there is no channel " + channel));
    if (type == DataType.STRING || type == DataType.BYTE_ARRAY) {
      throw new IllegalArgumentException(
          channel + " is of type " + type + ": only numbers and truths are made up");
    }
    Shape shape = shape(channel, signal.shape());
    boolean periodic = shape == Shape.RAMP || shape == Shape.SINE || shape == Shape.SQUARE;
    if (signal.high() == null || !Double.isFinite(signal.high())) {
      throw new IllegalArgumentException(channel + ": give high, a number");
    }
    if (signal.low() != null && !(signal.low() <= signal.high())) {
      throw new IllegalArgumentException(channel + ": low is above high");
    }
    if (signal.everyMs() == null || signal.everyMs() < 1) {
      throw new IllegalArgumentException(channel + ": give everyMs, 1 or more");
    }
    if (periodic && (signal.periodMs() == null || signal.periodMs() < 1)) {
      throw new IllegalArgumentException(channel + ": give periodMs, 1 or more");
    }
    return new Source(signal, shape, type, from);
  }

  private static Shape shape(String channel, String name) {
    try {
      return Shape.valueOf(String.valueOf(name).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException none) {
      throw new IllegalArgumentException(
          "%s: %s is no shape; there are %s".formatted(channel, name, List.of(Shape.values())),
          none);
    }
  }

  /** The next value, nothing at the end. */
  Optional<Simulation.Event> next() {
    Source first = sources.poll();
    if (first == null || first.next >= until) {
      return Optional.empty();
    }
    Simulation.Event event = first.take();
    sources.add(first);
    return Optional.of(event);
  }

  long from() {
    return from;
  }

  long until() {
    return until;
  }

  /** How many there are. */
  long count() {
    return count;
  }
}

package org.penstock.flow.rules.language;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A time window over event times. A sliding one holds what is younger than its span. One with
 * {@code every} begins at multiples of its span since 1970 (UTC), and has the value of the last one
 * that has ended; with {@code late} it is kept open so much longer.
 */
final class Window implements Stateful {

  /** What is made of the values. */
  enum Aggregate {
    COUNT,
    SUM,
    AVG,
    MIN,
    MAX,
    STDDEV,
    PERCENTILE,
    DELTA,
    RATE,
    FIRST
  }

  /**
   * How.
   *
   * @param every true when one window ends where the next begins
   * @param late milliseconds after the end in which values still count
   * @param percent of percentiles, 0 to 100
   */
  record Shape(Aggregate aggregate, long span, boolean every, long late, double percent) {}

  private static final double MILLIS = 1000.0;
  private static final long NONE = Long.MIN_VALUE;

  /** What came of the window that ended last. */
  private record Closed(boolean empty, double result) {}

  private final Run run;
  private final Watched argument;
  private final Shape shape;
  private final Samples samples = new Samples();
  private long end = NONE;
  private long overflow = NONE;
  private Closed closed;

  Window(Run run, Watched argument, Shape shape) {
    this.run = run;
    this.argument = argument;
    this.shape = shape;
  }

  @Override
  public void feed() {
    if (shape.every()) {
      close();
    }
    double value = argument.real();
    boolean fresh = argument.isNew();
    boolean counts = shape.aggregate() != Aggregate.COUNT || value != 0;
    if (fresh && argument.fault() == null && counts) {
      take(argument.time(), value);
    }
    if (!shape.every()) {
      evict(run.now() - shape.span());
    }
  }

  private void take(long time, double value) {
    boolean tooLate = shape.every() ? time < end : time <= run.now() - shape.span();
    if (!tooLate && !samples.add(time, value)) {
      overflow = run.now();
    }
  }

  private void evict(long upTo) {
    while (samples.size() > 0 && samples.time(0) <= upTo) {
      samples.removeFirst();
    }
  }

  private void close() {
    long now = Math.floorDiv(run.now() - shape.late(), shape.span()) * shape.span();
    if (end == NONE) {
      end = now;
    }
    if (now <= end) {
      return;
    }
    evict(now - shape.span() - 1);
    Samples inside = new Samples();
    while (samples.size() > 0 && samples.time(0) < now) {
      inside.add(samples.time(0), samples.value(0));
      samples.removeFirst();
    }
    end = now;
    boolean empty = isEmpty(inside);
    closed = new Closed(empty, empty ? 0 : of(inside));
  }

  private boolean isEmpty(Samples of) {
    return switch (shape.aggregate()) {
      case COUNT, SUM -> false;
      case RATE -> of.size() < 2 || of.time(0) == of.time(of.size() - 1);
      default -> of.size() == 0;
    };
  }

  private double of(Samples of) {
    int last = of.size() - 1;
    return switch (shape.aggregate()) {
      case COUNT -> of.size();
      case SUM -> of.sum();
      case AVG -> of.sum() / of.size();
      case MIN -> of.least();
      case MAX -> of.most();
      case STDDEV -> of.deviation();
      case PERCENTILE -> of.percentile(shape.percent());
      case DELTA -> of.value(last) - of.value(0);
      case RATE -> (of.value(last) - of.value(0)) * MILLIS / (of.time(last) - of.time(0));
      case FIRST -> of.value(0);
    };
  }

  /** The value, for a {@link Code}. */
  double value() {
    if (overflow != NONE && run.now() - overflow < shape.span()) {
      run.fail(
          () ->
              "more than %d values came within the window's %d ms; make it shorter"
                  .formatted(Samples.MOST, shape.span()));
      return 0;
    }
    if (!shape.every()) {
      if (isEmpty(samples)) {
        run.fail(() -> "there are too few values within the last " + shape.span() + " ms");
        return 0;
      }
      return of(samples);
    }
    Closed last = closed;
    if (last == null || last.empty()) {
      run.fail(
          () ->
              last == null
                  ? "the first window has not ended"
                  : "no value came in the window that ended");
      return 0;
    }
    return last.result();
  }

  @Override
  public void late(Slot slot) {
    if (argument.isOnly(slot)) {
      double value = argument.real();
      boolean counts = shape.aggregate() != Aggregate.COUNT || value != 0;
      if (argument.fault() == null && counts) {
        take(slot.at(), value);
      }
    }
  }

  /** One with {@code every} begins anew within the window of now, unless the clock was set by little. */
  @Override
  public void shift(long millis) {
    samples.shift(millis);
    overflow += overflow == NONE ? 0 : millis;
    if (end != NONE && Math.abs(millis) >= shape.span() / 2) {
      end = Math.floorDiv(run.now() - shape.late(), shape.span()) * shape.span();
    }
  }

  @Override
  public long due() {
    if (shape.every()) {
      return end == NONE ? NEVER : end + shape.span() + shape.late();
    }
    return samples.size() == 0 ? NEVER : samples.time(0) + shape.span();
  }

  @Override
  public void save(DataOutput out) throws IOException {
    samples.save(out);
    out.writeLong(end);
    out.writeLong(overflow);
    out.writeBoolean(closed != null);
    out.writeBoolean(closed != null && closed.empty());
    out.writeDouble(closed == null ? 0 : closed.result());
  }

  @Override
  public void load(DataInput in) throws IOException {
    samples.load(in);
    end = in.readLong();
    overflow = in.readLong();
    boolean ended = in.readBoolean();
    Closed last = new Closed(in.readBoolean(), in.readDouble());
    closed = ended ? last : null;
  }
}

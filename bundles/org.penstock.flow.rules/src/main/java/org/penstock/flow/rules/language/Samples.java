package org.penstock.flow.rules.language;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Values by time, oldest first, in a ring that grows to a limit. Late ones go to their place. */
final class Samples {

  /** Most values of one window. */
  static final int MOST = 10_000;

  private static final int FIRST = 16;

  private record Ring(long[] times, double[] values) {}

  private record Extremes(double least, double most) {}

  private Ring ring = new Ring(new long[FIRST], new double[FIRST]);
  private int head;
  private int size;
  private double sum;
  private Extremes extremes;

  int size() {
    return size;
  }

  private int place(int index) {
    return (head + index) & (ring.times().length - 1);
  }

  long time(int index) {
    return ring.times()[place(index)];
  }

  double value(int index) {
    return ring.values()[place(index)];
  }

  /**
   * Adds a value; of the same time, behind those that are there.
   *
   * @return false when the oldest had to go because there are too many
   */
  boolean add(long time, double value) {
    boolean room = size < MOST;
    if (!room) {
      removeFirst();
    } else if (size == ring.times().length) {
      grow();
    }
    int at = size;
    while (at > 0 && time(at - 1) > time) {
      set(at, time(at - 1), value(at - 1));
      at--;
    }
    set(at, time, value);
    size++;
    sum += value;
    if (extremes != null) {
      extremes = new Extremes(Math.min(extremes.least(), value), Math.max(extremes.most(), value));
    }
    return room;
  }

  private void set(int index, long time, double value) {
    ring.times()[place(index)] = time;
    ring.values()[place(index)] = value;
  }

  private void grow() {
    Ring more = new Ring(new long[2 * size], new double[2 * size]);
    for (int i = 0; i < size; i++) {
      more.times()[i] = time(i);
      more.values()[i] = value(i);
    }
    ring = more;
    head = 0;
  }

  void removeFirst() {
    double gone = value(0);
    head = place(1);
    size--;
    sum -= gone;
    if (head == 0) { // once a round: what rounding has left in the sum goes
      sum = 0;
      for (int i = 0; i < size; i++) {
        sum += value(i);
      }
    }
    if (extremes != null && (gone == extremes.least() || gone == extremes.most())) {
      extremes = null;
    }
  }

  double sum() {
    return size == 0 ? 0 : sum;
  }

  double least() {
    return extremes().least();
  }

  double most() {
    return extremes().most();
  }

  private Extremes extremes() {
    if (extremes == null) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < size; i++) {
        least = Math.min(least, value(i));
        most = Math.max(most, value(i));
      }
      extremes = new Extremes(least, most);
    }
    return extremes;
  }

  /** Standard deviation of all that are there (the population's). */
  double deviation() {
    double mean = sum / size;
    double squares = 0;
    for (int i = 0; i < size; i++) {
      squares += (value(i) - mean) * (value(i) - mean);
    }
    return Math.sqrt(squares / size);
  }

  /** The value at or below which that share of all lies, by nearest rank. */
  double percentile(double percent) {
    double[] sorted = new double[size];
    for (int i = 0; i < size; i++) {
      sorted[i] = value(i);
    }
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(percent / 100 * size) - 1)];
  }

  /** All times move. */
  void shift(long millis) {
    for (int i = 0; i < ring.times().length; i++) {
      ring.times()[i] += millis;
    }
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(time(i));
      out.writeDouble(value(i));
    }
  }

  void load(DataInput in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MOST) {
      throw new IOException("a window of " + count + " values");
    }
    for (int i = 0; i < count; i++) {
      add(in.readLong(), in.readDouble());
    }
  }
}

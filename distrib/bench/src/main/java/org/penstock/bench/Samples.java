package org.penstock.bench;

import java.util.Arrays;
import java.util.Collection;

/** Measured values and their percentiles. */
public final class Samples {

  private final double[] sorted;

  private Samples(double[] values) {
    sorted = values;
    Arrays.sort(sorted);
  }

  /** Of boxed values; at least one. */
  public static Samples of(Collection<Double> values) {
    return new Samples(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Of plain values, copied; at least one. */
  public static Samples of(double... values) {
    return new Samples(values.clone());
  }

  /** The middle value, or the mean of the two in the middle. */
  public double median() {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The smallest value that at least so many percent of all do not exceed. */
  public double percentile(double percent) {
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1];
  }

  /** The greatest value. */
  public double max() {
    return sorted[sorted.length - 1];
  }

  /** How many values. */
  public int count() {
    return sorted.length;
  }
}

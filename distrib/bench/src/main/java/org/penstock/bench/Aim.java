package org.penstock.bench;

import java.util.Locale;

/**
 * What a figure or its ratio to the peer should be.
 *
 * @param of what is compared
 * @param atMost else at least
 * @param limit inclusive
 */
public record Aim(Of of, boolean atMost, double limit) {

  /** What is compared. */
  public enum Of {
    /** Our figure. */
    FIGURE,
    /** Ours by the peer's. */
    RATIO
  }

  /** Our figure is not above the limit. */
  public static Aim atMost(double limit) {
    return new Aim(Of.FIGURE, true, limit);
  }

  /** Our figure is not below the limit. */
  public static Aim atLeast(double limit) {
    return new Aim(Of.FIGURE, false, limit);
  }

  /** Ours by the peer's is not above the limit. */
  public static Aim ratioAtMost(double limit) {
    return new Aim(Of.RATIO, true, limit);
  }

  /** Ours by the peer's is not below the limit. */
  public static Aim ratioAtLeast(double limit) {
    return new Aim(Of.RATIO, false, limit);
  }

  boolean met(double ours, Double ratio) {
    double value = of == Of.FIGURE ? ours : ratio == null ? Double.NaN : ratio;
    return atMost ? value <= limit : value >= limit;
  }

  @Override
  public String toString() {
    String number =
        limit == Math.rint(limit)
            ? Long.toString((long) limit)
            : String.format(Locale.ROOT, "%s", limit);
    return (of == Of.RATIO ? "ratio " : "") + (atMost ? "<= " : ">= ") + number;
  }
}

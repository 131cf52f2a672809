package org.penstock.api.configuration;

import java.util.Objects;

/**
 * One key that differs between two configurations. Secrets are masked: both sides show {@code ***}.
 *
 * @param pid the component
 * @param key the property; empty when the whole component is in one of the two only
 * @param before value as text; empty when it was not there
 * @param after value as text; empty when it is not there
 * @param kind which side it is on
 */
public record Difference(String pid, String key, String before, String after, Kind kind) {

  /** Which side something is on. */
  public enum Kind {
    /** Only in the second one. */
    ADDED,
    /** Only in the first one. */
    REMOVED,
    /** In both, with different values. */
    CHANGED
  }

  public Difference {
    Objects.requireNonNull(pid);
    Objects.requireNonNull(key);
    Objects.requireNonNull(before);
    Objects.requireNonNull(after);
    Objects.requireNonNull(kind);
  }
}

package org.penstock.api.job;

import java.util.Objects;

/** A job failed; the message says what, where, and what to do. */
public final class JobException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String result;

  /** With what went wrong in words; the cause may be null. */
  public JobException(String message, Throwable cause) {
    this(message, cause, "");
  }

  private JobException(String message, Throwable cause, String result) {
    super(message, cause);
    this.result = Objects.requireNonNull(result);
  }

  /**
   * With what was found until it failed.
   *
   * @param message what went wrong in words
   * @param result JSON, for example the steps of a test with the one that failed
   */
  public static JobException after(String message, String result) {
    return new JobException(message, null, result);
  }

  /** JSON of what was found until it failed; empty when there is nothing to say. */
  public String result() {
    return result;
  }
}

package org.penstock.api.job;

/** A job failed; the message says what, where, and what to do. */
public final class JobException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With what went wrong in words; the cause may be null. */
  public JobException(String message, Throwable cause) {
    super(message, cause);
  }
}

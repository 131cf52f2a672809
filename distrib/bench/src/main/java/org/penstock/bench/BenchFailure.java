package org.penstock.bench;

/** A benchmark that has no figures to tell: what, where and what to do. */
public final class BenchFailure extends Exception {

  private static final long serialVersionUID = 1L;

  /** With a message for the person at the terminal. */
  public BenchFailure(String message) {
    super(message);
  }

  /** With a message for the person at the terminal, and the cause. */
  public BenchFailure(String message, Throwable cause) {
    super(message, cause);
  }
}

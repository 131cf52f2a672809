package org.penstock.core.deployment;

/** A bundle that neither stops nor can be stopped: only a restart of the process helps. */
final class Stuck extends Refusal {

  private static final long serialVersionUID = 1L;

  Stuck(String message) {
    super(message);
  }

  Stuck(String message, Throwable cause) {
    super(message, cause);
  }
}

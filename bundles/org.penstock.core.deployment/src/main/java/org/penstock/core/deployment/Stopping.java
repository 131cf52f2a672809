package org.penstock.core.deployment;

/** The gateway stops in the middle: what was begun is undone at the next start. */
final class Stopping extends Refusal {

  private static final long serialVersionUID = 1L;

  Stopping(Throwable cause) {
    super("the gateway stops; what was begun is undone at the next start", cause);
  }
}

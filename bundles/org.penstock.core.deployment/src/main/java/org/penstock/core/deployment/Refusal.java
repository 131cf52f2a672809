package org.penstock.core.deployment;

/** Why something is not installed: what, where and what to do, in one sentence. */
class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  Refusal(String message) {
    super(message);
  }

  Refusal(String message, Throwable cause) {
    super(message, cause);
  }
}

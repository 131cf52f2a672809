package org.penstock.core.deployment;

/** Why a file is not deployed: what, where and what to do, in one sentence. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  Refusal(String message) {
    super(message);
  }

  Refusal(String message, Throwable cause) {
    super(message, cause);
  }
}

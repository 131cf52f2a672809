package org.penstock.core.launcher;

/** Why the gateway can't start: what, where and what to do, in one line. */
final class StartFailure extends Exception {

  private static final long serialVersionUID = 1L;

  /** Exit status for a wrong command line. */
  static final int USAGE = 2;

  /** Exit status for a state folder that can't be used. */
  static final int HOME = 3;

  /** Exit status for a damaged program folder. */
  static final int INSTALL = 4;

  private final int status;

  StartFailure(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}

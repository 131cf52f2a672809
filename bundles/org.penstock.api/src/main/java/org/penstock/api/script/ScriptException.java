package org.penstock.api.script;

/** A script could not be compiled, failed, or was stopped; the message says why and where. */
public final class ScriptException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why a script did not give a result. */
  public enum Reason {
    /** It is no script, or uses what the sandbox does not have. */
    SYNTAX,
    /** It threw an error itself. */
    THROWN,
    /** It ran longer than it may. */
    TIME,
    /** It used more memory than it may. */
    MEMORY,
    /** Its calls went deeper than they may. */
    DEPTH,
    /** A text, a list or an expression is larger than a step may handle. */
    SIZE
  }

  private final Reason reason;

  /** With the place in the message where it is known. */
  public ScriptException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The sandbox ended it, not the script itself. */
  public boolean stopped() {
    return reason == Reason.TIME
        || reason == Reason.MEMORY
        || reason == Reason.DEPTH
        || reason == Reason.SIZE;
  }
}

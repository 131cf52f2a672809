package org.penstock.flow.script;

import org.penstock.api.script.ScriptException.Reason;

/** Ends a script. An Error, since scripts cannot catch those. */
final class Stop extends Error {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  Stop(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}

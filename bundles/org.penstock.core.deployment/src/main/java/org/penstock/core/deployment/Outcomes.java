package org.penstock.core.deployment;

import org.penstock.api.deployment.Origin;
import org.penstock.api.deployment.Outcome;
import org.penstock.api.deployment.Outcome.Result;

/** How transactions ended, ended now. */
final class Outcomes {

  private Outcomes() {}

  /** For the log. */
  static String sentence(Outcome o) {
    String verb =
        switch (o.action()) {
          case "install" -> "installed ";
          case "update" -> "updated to ";
          case "forget" -> "forgot ";
          default -> "uninstalled ";
        };
    String tail = o.reason().isEmpty() ? "" : ": " + o.reason();
    return verb + o.name() + " " + o.version() + " from " + o.origin().from() + tail;
  }

  static Outcome of(Pending p, Result result, String reason) {
    return new Outcome(
        p.action(),
        p.name(),
        p.version(),
        p.sha256(),
        p.origin(),
        p.begun(),
        System.currentTimeMillis(),
        result,
        reason);
  }

  /** Of a change of which no more is known than its name. */
  static Outcome of(
      String action, String name, Origin origin, long begun, Result result, String reason) {
    long now = System.currentTimeMillis();
    return new Outcome(action, name, "", "", origin, begun, now, result, reason);
  }

  static Outcome of(
      String action, Artifact a, Origin origin, long begun, Result result, String reason) {
    return new Outcome(
        action,
        a.name(),
        a.version(),
        a.sha256(),
        origin,
        begun,
        System.currentTimeMillis(),
        result,
        reason);
  }
}
